import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, newTraceId, ofTrace, search, sendLogs } from '@hallmark/collector';
import { type Stack, startStack } from '@hallmark/stack';

export interface LoadOptions {
  readonly minutes: number;
  /** Records a second that are offered. */
  readonly rate: number;
  readonly say: (line: string) => void;
}

const recordsARequest = 100;
const ticksASecond = 10;
const pollMs = 50;
const sender = { resource: { 'service.name': 'shop-api' } };
const stream = 'logs-shop_api.otel-default';
/** A log line of the demo: 200 to 300 bytes. */
const body =
  'order ORD-AMONKIOVEK: the model is stored, 7,560 polygons, 378 kB in 25 ms, its price is computed by the calculation service';

/** Offers records at a rate and gives the figures as text. */
export async function measureLoad({ minutes, rate, say }: LoadOptions): Promise<string> {
  const stack = await startStack({ parts: ['elasticsearch', 'collector'], onProgress: say });
  try {
    return await measure(stack, minutes, rate, say);
  } finally {
    await stack.stop();
  }
}

async function measure(stack: Stack, minutes: number, rate: number, say: (line: string) => void): Promise<string> {
  const otlp = stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  const admin = stack.env.ELASTICSEARCH_URL ?? '';
  const pid = stack.parts.collector.pid ?? 0;
  await firstRecord(otlp, admin);
  const counts = { sent: 0, acknowledged: 0 };
  const underWay = new Set<Promise<void>>();
  const sendOne = async () => {
    counts.sent += recordsARequest;
    const records = Array.from({ length: recordsARequest }, (_, at) => ({
      traceId: newTraceId(),
      body,
      attributes: { at },
    }));
    if ((await sendLogs(otlp, sender, records).catch(() => undefined)) === 200) counts.acknowledged += recordsARequest;
  };
  const begun = Date.now();
  const endsAt = begun + minutes * 60_000;
  const latencies: number[] = [];
  const probing = probe(otlp, admin, endsAt, latencies);
  const cpuBefore = await cpuMs(pid);
  let peakRssMiB = 0;
  let offered = 0;
  for (let tick = 0; Date.now() < endsAt; tick++) {
    for (offered += rate / ticksASecond; offered >= recordsARequest; offered -= recordsARequest) {
      const one = sendOne().finally(() => underWay.delete(one));
      underWay.add(one);
    }
    peakRssMiB = Math.max(peakRssMiB, await rssMiB(pid));
    if (tick % (30 * ticksASecond) === 0) say(`${counts.acknowledged} of ${counts.sent} records acknowledged`);
    await pause(Math.max(0, begun + ((tick + 1) * 1_000) / ticksASecond - Date.now()));
  }
  await Promise.all(underWay);
  await probing;
  const seconds = (Date.now() - begun) / 1_000;
  const cores = ((await cpuMs(pid)) - cpuBefore) / 1_000 / seconds;
  const disk = await bytesARecord(admin);
  return `| figure | value |
|---|---|
| offered | ${rate} records/s for ${minutes} min |
| acknowledged | ${(counts.acknowledged / seconds).toFixed(0)} records/s, ${counts.sent - counts.acknowledged} refused |
| the collector | ${cores.toFixed(2)} cores, ${peakRssMiB.toFixed(0)} MiB at most |
| from the call until it is found | p50 ${percentile(latencies, 50)} ms, p95 ${percentile(latencies, 95)} ms, p99 ${percentile(latencies, 99)} ms (${latencies.length} records) |
| on disk | ${disk.toFixed(0)} bytes a record, standard index mode |
`;
}

/** The stream is made and its first mapping set before anything is measured. */
async function firstRecord(otlp: string, admin: string): Promise<void> {
  const traceId = newTraceId();
  await sendLogs(otlp, sender, [{ traceId, body }]);
  await untilFound(admin, traceId);
}

/** One record after the other, each looked for until it is found. */
async function probe(otlp: string, admin: string, endsAt: number, latencies: number[]): Promise<void> {
  while (Date.now() < endsAt) {
    const traceId = newTraceId();
    const sentAt = Date.now();
    if ((await sendLogs(otlp, sender, [{ traceId, body }]).catch(() => undefined)) !== 200) continue;
    await untilFound(admin, traceId);
    latencies.push(Date.now() - sentAt);
  }
}

async function untilFound(admin: string, traceId: string): Promise<void> {
  while ((await search(admin, ofTrace(traceId)).catch(() => [])).length === 0) await pause(pollMs);
}

async function bytesARecord(admin: string): Promise<number> {
  await ask(admin, 'POST', `/${stream}/_forcemerge?max_num_segments=1`);
  const response = await ask(admin, 'GET', `/${stream}/_stats/docs,store`);
  const { _all: all } = (await response.json()) as {
    _all: { primaries: { docs: { count: number }; store: { size_in_bytes: number } } };
  };
  return all.primaries.store.size_in_bytes / all.primaries.docs.count;
}

function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const msPerTick = 10;
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

async function rssMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
