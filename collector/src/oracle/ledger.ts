import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { waitUntil } from '@hallmark/stack';
import { newTraceId, sendLogs, sendSpans } from '../otlp.js';
import { listKey, numberKey, readStored, type StoredItem } from './stored-items.js';

/** What the collector owes, and what came of it. */
export interface Verdict {
  readonly sent: number;
  /** Records and spans that the collector answered 200 for. */
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
  /** Sends one request: ten records, or, every third time, ten spans. @returns its status, undefined when there was no answer */
  send(): Promise<number | undefined>;
  /** Sends one request after the other until the work is done. */
  sendDuring<T>(work: Promise<T>): Promise<T>;
  /** Waits until everything acknowledged is stored, at most `timeoutMs`, and says what is. */
  settle(admin: string, timeoutMs?: number): Promise<Verdict>;
  readonly sent: number;
  readonly acknowledged: number;
}

const usualItemsARequest = 10;
/** Spans have a queue of their own, and their ids are made in another way. */
const spansEvery = 3;
const pauseMs = 50;
/** On a machine with far too much to do, requests of half a megabyte meet their time-out and are repeated. */
const settleTimeoutMs = 240_000;

export interface LedgerOptions {
  /** Asked before each request: a collector that is restarted keeps its address, another has its own. */
  readonly otlp: () => string;
  /** The system whose stream the records go to. */
  readonly system: string;
  /** How far the sender's clock is off. Unit: milliseconds; default 0. */
  readonly clockOffMs?: number;
  /** Default 10. */
  readonly itemsARequest?: number;
}

/**
 * Numbers every record and span that it sends and keeps the numbers of those that were acknowledged. Every second record carries a uid
 * of its sender, as the preload's do; the others get their id from the collector.
 */
export function openLedger({
  otlp,
  system,
  clockOffMs = 0,
  itemsARequest = usualItemsARequest,
}: LedgerOptions): Ledger {
  const traceId = newTraceId();
  const acknowledged = new Set<number>();
  /** Milliseconds, by number. */
  const times: number[] = [];
  let requests = 0;
  const textOf = (number: number) => `record ${number} ${lettersOf(`${traceId} ${number}`)} кольцо`;
  const listOf = (number: number) => ['ring', lettersOf(`list ${number}`)];

  const send = async () => {
    const time = Date.now() + clockOffMs;
    const timeUnixNano = `${time}000000`;
    const numbers = Array.from({ length: itemsARequest }, () => times.push(time) - 1);
    const attributesOf = (number: number) => ({ [numberKey]: number, [listKey]: listOf(number) });
    const sender = { resource: { 'service.name': system } };
    const isOfSpans = ++requests % spansEvery === 0;
    const answer = isOfSpans
      ? sendSpans(
          otlp(),
          sender,
          numbers.map((number) => ({
            traceId,
            name: textOf(number),
            startTimeUnixNano: timeUnixNano,
            endTimeUnixNano: timeUnixNano,
            attributes: attributesOf(number),
          })),
        )
      : sendLogs(
          otlp(),
          sender,
          numbers.map((number) => ({
            traceId,
            body: textOf(number),
            timeUnixNano,
            attributes: {
              ...attributesOf(number),
              ...(number % 2 === 0 && { 'log.record.uid': `${traceId}-${number}` }),
            },
          })),
        );
    const status = await answer.catch(() => undefined);
    if (status === 200) for (const number of numbers) acknowledged.add(number);
    return status;
  };

  const isIntact = ({ number, text, list, service, time }: StoredItem) =>
    text === textOf(number) && isDeepStrictEqual(list, listOf(number)) && service === system && time === times[number];

  const verdict = async (admin: string): Promise<Verdict> => {
    const stored = await readStored(admin, traceId);
    const numbers = new Set<number>();
    const unknown: string[] = [];
    for (const item of stored) {
      if (isIntact(item)) numbers.add(item.number);
      else unknown.push(JSON.stringify(item));
    }
    const missing = [...acknowledged].filter((number) => !numbers.has(number));
    const doubles = stored.length - unknown.length - numbers.size;
    return { sent: times.length, acknowledged: acknowledged.size, found: stored.length, missing, unknown, doubles };
  };

  return {
    get sent() {
      return times.length;
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
