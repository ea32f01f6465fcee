import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Counts } from '../dead-letters/relay.js';
import type { Probes } from './probes.js';
import type { Refusal, Refusals } from './refusals.js';
import { reserveQueue } from './reserve.js';
import { readSample, type Sample } from './sample.js';

/** The collector as it was seen last; what `npm run stack -- status` shows. */
export interface CollectorStatus extends Sample, Counts {
  /** Queue files that were found damaged and set aside. */
  readonly damagedFiles: number;
  /** Whether the queue has its room on the disk; undefined: that isn't asked for. */
  readonly isReserved: boolean | undefined;
  /** At most this old is the oldest record that waits in the queue; 0 when none does. Unit: seconds. */
  readonly oldestSeconds: number;
  /** What Elasticsearch does not take, and why. */
  readonly refusals: readonly Refusal[];
  /** When this was seen, ISO 8601. */
  readonly seenAt: string;
  /** Whether the collector answered when it was last asked; false: the numbers are old. */
  readonly isAnswering: boolean;
}

export interface WatchOptions {
  readonly metricsUrl: string;
  /** Where the status is sent as a log record, durable and searchable as any other; base URL of OTLP/HTTP. */
  readonly otlp: string;
  /** What a collector beyond loopback wants to be shown; default: nothing. */
  readonly token: string | undefined;
  readonly counts: () => Counts;
  readonly probes: Probes;
  readonly refusals: Refusals;
  /** Folder of the collector's queue; undefined: it can't be seen from here. */
  readonly queueFolder: string | undefined;
  /** What each file of the queue takes of the disk beforehand. Unit: bytes; undefined: nothing. */
  readonly reserve: number | undefined;
  readonly signal: AbortSignal;
}

const everyMs = 10_000;
/** The collector starts after its relay. */
const beforeFirstMs = 1_000;
/** Whoever asks for the status waits for it. */
const lookTimeoutMs = 3_000;
/** Nobody is told anything older while the collector answers. */
const freshMs = 1_000;
const requestTimeoutMs = 5_000;

/**
 * Looks at the collector's metrics until the signal fires, and sends what it saw to the store.
 * @returns looks now, unless that was done a moment ago: undefined until the collector has answered once
 */
export function watchCollector(options: WatchOptions): () => Promise<CollectorStatus | undefined> {
  let last: CollectorStatus | undefined;
  let lookedAt = 0;
  const look = async () => {
    const now = Date.now();
    lookedAt = now;
    const sample = await sampleAt(options.metricsUrl).catch(() => undefined);
    // A collector that is away has no numbers; what was seen last says when that was.
    if (sample === undefined) {
      last = last && { ...last, isAnswering: false };
      return;
    }
    if (sample.queueBytes === 0) {
      options.probes.emptyAt(now);
      options.refusals.emptyAt(now);
    }
    const refusals = options.refusals.lasting(now);
    const waiting = Math.max(now - options.probes.clearedAt, ...refusals.map(({ seconds }) => seconds * 1_000));
    last = {
      ...sample,
      ...options.counts(),
      damagedFiles: await damagedFiles(options.queueFolder),
      isReserved: await isReserved(options),
      oldestSeconds: sample.queueBytes === 0 ? 0 : Math.round(waiting / 1_000),
      refusals,
      seenAt: new Date(now).toISOString(),
      isAnswering: true,
    };
  };
  const watch = async () => {
    while (!options.signal.aborted) {
      await look();
      if (last?.isAnswering) await sendStatus(options, last).catch(() => undefined);
      await pause(last === undefined ? beforeFirstMs : everyMs, undefined, { signal: options.signal }).catch(
        () => undefined,
      );
    }
  };
  void watch();
  return async () => {
    if (Date.now() - lookedAt > freshMs) await look();
    return last;
  };
}

async function sampleAt(metricsUrl: string): Promise<Sample> {
  const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(lookTimeoutMs) });
  return readSample(await response.text());
}

/** The collector, and what looks before its start, rename a damaged file to `<name>.<time>.backup`. */
async function damagedFiles(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.backup')).length;
}

async function isReserved({ queueFolder, reserve }: WatchOptions): Promise<boolean | undefined> {
  if (queueFolder === undefined || reserve === undefined) return undefined;
  return reserveQueue(queueFolder, reserve).catch(() => false);
}

async function sendStatus({ otlp, token, probes }: WatchOptions, status: CollectorStatus): Promise<void> {
  const number = (key: string, value: number) => ({ key, value: { intValue: String(Math.round(value)) } });
  const logRecord = {
    timeUnixNano: `${Date.parse(status.seenAt)}000000`,
    severityText: 'INFO',
    severityNumber: 9,
    eventName: 'collector.status',
    body: { stringValue: `the collector holds ${status.queueBytes} bytes, the oldest for ${status.oldestSeconds} s` },
    attributes: [
      { key: 'log.record.uid', value: { stringValue: probes.uidAt(Date.parse(status.seenAt)) } },
      number('collector.received', status.received),
      number('collector.refused', status.refused),
      number('collector.given.up', status.givenUp),
      number('collector.sent', status.sent),
      number('collector.masked', status.masked),
      number('collector.rejected', status.rejected),
      number('collector.queue.size', status.queueBytes),
      number('collector.queue.capacity', status.queueCapacityBytes),
      number('collector.queue.oldest.age', status.oldestSeconds),
      number('collector.queue.damaged.files', status.damagedFiles),
    ],
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'collector' } }] };
  await fetch(`${otlp}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [logRecord] }] }] }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
}
