import { setTimeout as pause } from 'node:timers/promises';
import { readSample, type Sample } from './sample.js';

/** The collector as it was seen last; what `npm run stack -- status` shows. */
export interface CollectorStatus extends Sample {
  /** Kept as dead letters since the relay's start. */
  readonly rejected: number;
  /** At most this old is the oldest record that waits in the queue; 0 when none does. Unit: seconds. */
  readonly oldestSeconds: number;
  /** When this was seen, ISO 8601. */
  readonly seenAt: string;
}

export interface WatchOptions {
  readonly metricsUrl: string;
  /** Where the status is sent as a log record, durable and searchable as any other; base URL of OTLP/HTTP. */
  readonly otlp: string;
  readonly rejected: () => number;
  readonly signal: AbortSignal;
}

const everyMs = 10_000;
const requestTimeoutMs = 5_000;
/** Every third look is also sent to the store. */
const sendEvery = 3;

/** Looks at the collector's metrics until the signal fires. @returns what was seen last */
export function watchCollector(options: WatchOptions): () => CollectorStatus | undefined {
  let last: CollectorStatus | undefined;
  let emptyAt = Date.now();
  const look = async (round: number) => {
    const response = await fetch(options.metricsUrl, { signal: AbortSignal.timeout(requestTimeoutMs) });
    const sample = readSample(await response.text());
    const now = Date.now();
    if (sample.queueBytes === 0) emptyAt = now;
    last = {
      ...sample,
      rejected: options.rejected(),
      oldestSeconds: Math.round((now - emptyAt) / 1_000),
      seenAt: new Date(now).toISOString(),
    };
    if (round % sendEvery === 0) await sendStatus(options.otlp, last);
  };
  const watch = async () => {
    for (let round = 0; !options.signal.aborted; round++) {
      // A collector that is being restarted has no numbers for a moment; what was seen last says when that was.
      await look(round).catch(() => undefined);
      await pause(everyMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  };
  void watch();
  return () => last;
}

async function sendStatus(otlp: string, status: CollectorStatus): Promise<void> {
  const number = (key: string, value: number) => ({ key, value: { intValue: String(Math.round(value)) } });
  const logRecord = {
    timeUnixNano: `${Date.parse(status.seenAt)}000000`,
    severityText: 'INFO',
    severityNumber: 9,
    eventName: 'collector.status',
    body: { stringValue: `the collector holds ${status.queueBytes} bytes, the oldest for ${status.oldestSeconds} s` },
    attributes: [
      number('collector.received', status.received),
      number('collector.refused', status.refused),
      number('collector.sent', status.sent),
      number('collector.rejected', status.rejected),
      number('collector.queue.size', status.queueBytes),
      number('collector.queue.capacity', status.queueCapacityBytes),
      number('collector.queue.oldest.age', status.oldestSeconds),
    ],
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'collector' } }] };
  await fetch(`${otlp}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [logRecord] }] }] }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
}
