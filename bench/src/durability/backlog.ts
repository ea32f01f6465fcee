import { setTimeout as pause } from 'node:timers/promises';
import { type Stack, startStack } from '@hallmark/stack';
import { countOf } from './hold.js';
import { type Counts, offer } from './offer.js';
import { makeRequests } from './requests.js';

export interface BacklogOptions {
  /** How much waits in the queue when Elasticsearch comes back. */
  readonly bytes: number;
  readonly say: (line: string) => void;
}

const streams = 'logs-shop_api.otel-*';
/** Twenty-four hours of 200 records a second are 17 million; with a stack in each record their volume comes sooner. */
const stack = '\n    at step (/app/dist/orders/price.js:10:5) of the calculation'.repeat(60);
const fillRate = 20_000;
/** What services go on sending while the backlog drains. Records a second. */
const newRate = 200;
const lookMs = 5_000;
const sayEvery = 6;
/** When nothing more is stored for so long, it never will be. Unit: milliseconds. */
const patienceMs = 300_000;

/** Fills the queue while Elasticsearch is away, brings it back, and sees the backlog drain while new records come. @returns the exit code */
export async function drainBacklog({ bytes, say }: BacklogOptions): Promise<number> {
  const running = await startStack({
    parts: ['elasticsearch', 'collector'],
    onProgress: say,
    collectorEnvironment: async (given) => ({ ...given, QUEUE_SIZE: String(bytes * 2) }),
  });
  try {
    return await drain(running, bytes, say);
  } finally {
    await running.stop();
  }
}

async function drain(running: Stack, bytes: number, say: (line: string) => void): Promise<number> {
  const otlp = running.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '';
  const admin = running.env.ELASTICSEARCH_URL ?? '';
  const old: Counts = { acknowledged: 0, refused: 0, held: 0 };
  await running.parts.elasticsearch.kill();
  let queued = 0;
  const filling = { over: false };
  const filledFrom = Date.now();
  const fill = offer({ otlp, next: makeRequests('shop-api', stack), rate: fillRate, isOver: () => filling.over }, old);
  while (queued < bytes) {
    await pause(lookMs);
    queued = await queueBytes(running);
    say(`filling: ${megabytes(queued)} of ${megabytes(bytes)}, ${old.acknowledged} records acknowledged`);
  }
  filling.over = true;
  await fill;
  const fillSeconds = (Date.now() - filledFrom) / 1_000;

  const fresh: Counts = { acknowledged: 0, refused: 0, held: 0 };
  const draining = { over: false };
  await running.parts.elasticsearch.start();
  const drainedFrom = Date.now();
  const sendNew = offer({ otlp, next: makeRequests('shop-api'), rate: newRate, isOver: () => draining.over }, fresh);
  const queueOverTime = await untilDrained(running, admin, old, fresh, say);
  const drainSeconds = (Date.now() - drainedFrom) / 1_000;
  draining.over = true;
  await sendNew;
  const owed = old.acknowledged + fresh.acknowledged;
  const found = await untilStored(admin, owed);
  const isWell = found === owed && (queueOverTime.at(-1) ?? 1) < (queueOverTime[0] ?? 0) / 100 && fresh.refused === 0;
  process.stdout.write(`| figure | value |
|---|---|
| backlog | ${megabytes(queued)} in the queue, ${old.acknowledged} records, filled in ${fillSeconds.toFixed(0)} s |
| drained | in ${drainSeconds.toFixed(0)} s, ${(owed / drainSeconds).toFixed(0)} records/s stored |
| new records meanwhile | ${fresh.acknowledged} acknowledged at ${newRate}/s, ${fresh.refused} refused |
| queue, each tenth of that time | ${tenths(queueOverTime).map(megabytes).join(', ')} |
| acknowledged in all, found | ${owed}, ${found} |
`);
  return isWell ? 0 : 1;
}

/** Waits until the queue is empty but for what has just come. @returns the bytes in the queue at each look */
async function untilDrained(
  running: Stack,
  admin: string,
  old: Counts,
  fresh: Counts,
  say: (line: string) => void,
): Promise<number[]> {
  const looks: number[] = [];
  let stored = -1;
  let movedAt = Date.now();
  for (let look = 0; ; look++) {
    const queued = await queueBytes(running);
    const now = await countOf(admin, streams);
    looks.push(queued);
    if (look % sayEvery === 0)
      say(`draining: ${megabytes(queued)} wait, ${now} of ${old.acknowledged + fresh.acknowledged} records stored`);
    if (now > stored) movedAt = Date.now();
    stored = Math.max(stored, now);
    if (now >= old.acknowledged && queued < 5_000_000) return looks;
    if (Date.now() - movedAt > patienceMs) return looks;
    await pause(lookMs);
  }
}

async function untilStored(admin: string, owed: number): Promise<number> {
  const endsAt = Date.now() + patienceMs;
  for (;;) {
    const found = await countOf(admin, streams);
    if (found >= owed || Date.now() > endsAt) return found;
    await pause(lookMs);
  }
}

/** As the collector's relay saw it last: at most 10 s old. */
async function queueBytes(running: Stack): Promise<number> {
  const response = await fetch(running.env.COLLECTOR_STATUS_URL ?? '');
  return ((await response.json()) as { collector?: { queueBytes: number } }).collector?.queueBytes ?? 0;
}

function tenths(looks: readonly number[]): number[] {
  return Array.from({ length: 11 }, (_, tenth) => looks[Math.round(((looks.length - 1) * tenth) / 10)] ?? 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
