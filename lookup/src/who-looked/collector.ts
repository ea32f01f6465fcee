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
 * Resolves when the collector has answered 200: then the record is in its queue on disk. What may pass by itself (no connection, 429,
 * 502 to 504; OTLP specification, "Failures") is tried three times; the record's uid lets a repeat be stored once.
 * @throws CannotRecord
 */
export async function write(collector: CollectorAddress, request: object): Promise<void> {
  let [reason, advice] = ['', ''];
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await pause(pauseMs);
    const outcome = await post(collector, request);
    if (outcome === 'written') return;
    reason = outcome.reason;
    advice = outcome.advice ?? 'is it running? LOOKUP_JOURNAL_URL says where it is';
    if (!outcome.mayPass) break;
  }
  const where = new URL(collector.url).origin;
  throw new CannotRecord(
    `no answer, since who looked can't be written: the collector at ${where} ${reason}; ${advice}`,
  );
}

type Outcome = 'written' | { readonly reason: string; readonly advice?: string; readonly mayPass: boolean };

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
      return { reason: 'refused the account (401)', advice, mayPass: false };
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
