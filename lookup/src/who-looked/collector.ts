import { setTimeout as pause } from 'node:timers/promises';

/** Where who looked is written: the collector, by OTLP over HTTP. */
export interface CollectorAddress {
  /** The whole URL, ending in /v1/logs. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who looked could not be written, and so there is no answer. The message is one line and says how to go on. */
export class CannotRecord extends Error {
  override name = 'CannotRecord';
}

const timeoutMs = 10_000;
const attempts = 3;
const pauseMs = 300;

/**
 * Resolves when the address is the door for who looked: it turns away who shows no account. The collector's door for services takes
 * records from anybody, and would store these among them, where who looked is neither kept apart nor believed.
 * @throws CannotRecord
 */
export async function checkDoor(collector: CollectorAddress): Promise<void> {
  const outcome = await tried(() => post({ ...collector, headers: {} }, { resourceLogs: [] }));
  if (outcome === 'written') {
    throw new CannotRecord(
      `no answer, since who looked can't be written: the collector's door at ${new URL(collector.url).origin} takes records from ` +
        'anybody; LOOKUP_JOURNAL_URL must name its door for who looked (JOURNAL_ENDPOINT), like http://lookup:password@host:4319',
    );
  }
  if (!outcome.isLocked) throw cannotRecord(collector, outcome);
}

/**
 * Resolves when the collector has answered 200: then the record is in its queue on disk. What may pass by itself (no connection, 429,
 * 502 to 504; OTLP specification, "Failures") is tried three times; the record's uid lets a repeat be stored once.
 * @throws CannotRecord
 */
export async function write(collector: CollectorAddress, request: object): Promise<void> {
  const outcome = await tried(() => post(collector, request));
  if (outcome !== 'written') throw cannotRecord(collector, outcome);
}

function cannotRecord({ url }: CollectorAddress, { reason, advice }: Failed): CannotRecord {
  const how = advice ?? 'is it running? LOOKUP_JOURNAL_URL says where it is';
  return new CannotRecord(
    `no answer, since who looked can't be written: the collector at ${new URL(url).origin} ${reason}; ${how}`,
  );
}

async function tried(send: () => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send();
    if (outcome === 'written' || !outcome.mayPass || attempt === attempts) return outcome;
    await pause(pauseMs);
  }
}

interface Failed {
  readonly reason: string;
  readonly advice?: string;
  readonly mayPass: boolean;
  /** It asks for an account. */
  readonly isLocked?: true;
}

type Outcome = 'written' | Failed;

async function post({ url, headers }: CollectorAddress, request: object): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const text = await response.text();
    if (response.status === 401) {
      const advice = 'put its right account and password into LOOKUP_JOURNAL_URL';
      return { reason: 'refused the account (401)', advice, mayPass: false, isLocked: true };
    }
    if (response.status !== 200) {
      return { reason: `answered ${response.status}`, mayPass: [429, 502, 503, 504].includes(response.status) };
    }
    return rejected(text) ? { reason: 'took the request and rejected its record', mayPass: false } : 'written';
  } catch (error) {
    const { cause, message } = error as Error;
    const why = cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : message;
    return { reason: `can't be reached (${why.split('\n', 1)[0]})`, mayPass: true };
  }
}

/** A 200 may say that records were rejected (OTLP specification, "Partial Success"). What answers something else is no collector. */
function rejected(text: string): boolean {
  try {
    const answer = JSON.parse(text || '{}') as { partialSuccess?: { rejectedLogRecords?: string | number } };
    return Number(answer.partialSuccess?.rejectedLogRecords ?? 0) > 0;
  } catch {
    return true;
  }
}
