import { runCollector } from './collector.js';
import { demoRecords, type OtlpRequest, requestsOf } from './demo-records.js';
import type { CollectorVariant } from './variants.js';

/** How often each record stands in a request, and how often the requests are sent. */
const times = 10;
const rounds = 10;

/**
 * CPU of the whole collector for an ordinary record of the demo, in µs: protobuf in, protobuf into a file out, one core. Whoever
 * stores in Elasticsearch pays for that besides.
 * @param mark as the services under the preload set it; undefined: as if no service ran under it
 */
export async function costOfDemoRecord(variant: CollectorVariant, mark: string | undefined): Promise<number> {
  const records = demoRecords();
  const requests = requestsOf(records, times, mark);
  const collector = await runCollector(variant.processors, variant.names, 'file');
  try {
    for (const request of requests) await post(collector.otlp, request);
    const before = await collector.cpuMs();
    for (let round = 0; round < rounds; round++) for (const request of requests) await post(collector.otlp, request);
    return (((await collector.cpuMs()) - before) * 1000) / (rounds * times * records.length);
  } finally {
    await collector.stop();
  }
}

async function post(otlp: string, { path, body }: OtlpRequest): Promise<void> {
  const headers = { 'content-type': 'application/x-protobuf' };
  const answer = await fetch(otlp + path, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`the collector answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
