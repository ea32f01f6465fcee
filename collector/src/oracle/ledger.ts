import { createHash } from 'node:crypto';
import { waitUntil } from '@hallmark/stack';
import { newTraceId, sendLogs } from '../otlp.js';
import { ask } from '../store.js';

/** What the collector owes, and what came of it. */
export interface Verdict {
  readonly sent: number;
  /** Records that the collector answered 200 for. */
  readonly acknowledged: number;
  readonly found: number;
  /** Numbers of acknowledged records that are not stored. */
  readonly missing: readonly number[];
  /** Stored, but never sent, or with another content than was sent: id and text. */
  readonly unknown: readonly string[];
  /** Stored more than once: how many documents too many. */
  readonly doubles: number;
}

export interface Ledger {
  /** Sends one request of ten records. @returns its status, undefined when there was no answer */
  send(): Promise<number | undefined>;
  /** Sends one request after the other until the work is done. */
  sendDuring<T>(work: Promise<T>): Promise<T>;
  /** Waits until everything acknowledged is stored, at most `timeoutMs`, and says what is. */
  settle(admin: string, timeoutMs?: number): Promise<Verdict>;
  readonly sent: number;
  readonly acknowledged: number;
}

interface StoredRecord {
  readonly _id: string;
  readonly _source: {
    readonly body?: { readonly text?: string };
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
}

const recordsARequest = 10;
const pauseMs = 50;
/** On a machine with far too much to do, requests of half a megabyte meet their time-out and are repeated. */
const settleTimeoutMs = 240_000;
const numberKey = 'oracle.number';

export interface LedgerOptions {
  /** Asked before each request: a collector that is restarted keeps its address, another has its own. */
  readonly otlp: () => string;
  /** The system whose stream the records go to. */
  readonly system: string;
  /** How far the sender's clock is off. Unit: milliseconds; default 0. */
  readonly clockOffMs?: number;
}

/**
 * Numbers every record that it sends and keeps the numbers of those that were acknowledged. Every second record carries a uid of its
 * sender, as the preload's do; the others get their id from the collector.
 */
export function openLedger({ otlp, system, clockOffMs = 0 }: LedgerOptions): Ledger {
  const traceId = newTraceId();
  const acknowledged = new Set<number>();
  let sent = 0;
  const contentOf = (number: number) => `record ${number} ${lettersOf(`${traceId} ${number}`)} кольцо`;

  const send = async () => {
    const numbers = Array.from({ length: recordsARequest }, () => sent++);
    const records = numbers.map((number) => ({
      traceId,
      body: contentOf(number),
      timeUnixNano: `${Date.now() + clockOffMs}000000`,
      attributes: {
        [numberKey]: number,
        ...(number % 2 === 0 && { 'log.record.uid': `${traceId}-${number}` }),
      },
    }));
    const status = await sendLogs(otlp(), { resource: { 'service.name': system } }, records).catch(() => undefined);
    if (status === 200) for (const number of numbers) acknowledged.add(number);
    return status;
  };

  const verdict = async (admin: string): Promise<Verdict> => {
    const stored = await recordsOf(admin, traceId);
    const numbers = new Set<number>();
    const unknown: string[] = [];
    for (const { _id, _source } of stored) {
      const number = Number(_source.attributes?.[numberKey]);
      if (number < sent && _source.body?.text === contentOf(number)) numbers.add(number);
      else unknown.push(`${_id} ${_source.body?.text}`);
    }
    const missing = [...acknowledged].filter((number) => !numbers.has(number));
    const doubles = stored.length - unknown.length - numbers.size;
    return { sent, acknowledged: acknowledged.size, found: stored.length, missing, unknown, doubles };
  };

  return {
    get sent() {
      return sent;
    },
    get acknowledged() {
      return acknowledged.size;
    },
    send,
    async sendDuring(work) {
      let isDone = false;
      const done = () => {
        isDone = true;
      };
      work.then(done, done);
      while (!isDone) {
        await send();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      return work;
    },
    async settle(admin, timeoutMs = settleTimeoutMs) {
      let last: Verdict | undefined;
      await waitUntil(
        async () => {
          last = await verdict(admin);
          return last.missing.length === 0;
        },
        { timeoutMs, intervalMs: 300 },
      );
      return last ?? verdict(admin);
    },
  };
}

/** A text that another text decides, of letters only: digits and base64 can look like a card or a token, and are masked. */
function lettersOf(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return digest.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
}

/** All documents of the trace, page by page. */
async function recordsOf(admin: string, traceId: string): Promise<StoredRecord[]> {
  const pageSize = 10_000;
  const records: StoredRecord[] = [];
  for (let after = -1; ; ) {
    const filter = [{ term: { trace_id: traceId } }, { range: { [`attributes.${numberKey}`]: { gt: after } } }];
    const sort = [{ [`attributes.${numberKey}`]: { order: 'asc', unmapped_type: 'long' } }];
    const path = '/logs-*.otel-*/_search?ignore_unavailable=true&allow_partial_search_results=false';
    const response = await ask(admin, 'POST', path, { size: pageSize, query: { bool: { filter } }, sort });
    const answer = (await response.json()) as { hits?: { hits: StoredRecord[] } };
    if (!answer.hits) throw new Error(`the search was refused: ${JSON.stringify(answer).slice(0, 300)}`);
    records.push(...answer.hits.hits);
    if (answer.hits.hits.length < pageSize) return records;
    after = Number(answer.hits.hits.at(-1)?._source.attributes?.[numberKey]);
  }
}
