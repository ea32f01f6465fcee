import type { IncomingHttpHeaders } from 'node:http';
import { countDocuments, partsOf } from './documents.js';
import { type BulkAnswer, type BulkItem, isFinal } from './refused.js';

/** An answer of Elasticsearch, or in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Forward = (headers: IncomingHttpHeaders, body: Buffer) => Promise<Answer>;

type Items = readonly Readonly<Record<string, BulkItem>>[];

const tooLarge = 413;
/**
 * What is larger is sent in parts. Elasticsearch answers 429 for ever to a request above its `indexing_pressure.memory.limit`, 10 % of
 * its heap: 53.7 MB with 512 MB, and the collector's four consumers share it. Unit: bytes.
 */
export const largestPart = 8_000_000;
/** What servers and proxies take at least; a smaller document is refused for another reason, which will pass. Unit: bytes. */
const smallestTooLarge = 1_000_000;

/**
 * Sends an unpacked `_bulk` request, one part after the other, and gives an answer that the collector can live with. The collector
 * drops a request that gets 413, 400 or another final status as a whole: what is too large is sent in halves, down to the one document
 * that is, and any other final status becomes a 503, which is repeated until somebody has mended its cause. The first part that is not
 * taken ends it: the collector sends all again, and what is stored already is stored once, since documents have their ids.
 */
export async function bulk(forward: Forward, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  // Answers are small and read here: packed ones would only have to be unpacked.
  const { 'accept-encoding': _, ...plainAnswer } = headers;
  return inParts((part) => forward(plainAnswer, part), partsOf(body, largestPart));
}

type Send = (part: Buffer) => Promise<Answer>;

async function inParts(send: Send, parts: readonly Buffer[]): Promise<Answer> {
  const [only] = parts;
  if (only && parts.length === 1) return onePart(send, only);
  const items: Items[] = [];
  for (const part of parts) {
    const answer = await onePart(send, part);
    if (answer.status !== 200) return answer;
    const { items: answered } = JSON.parse(answer.body.toString()) as BulkAnswer;
    // One item less, and every later one would be taken for another document's.
    if (answered.length !== countDocuments(part))
      return unavailable('its answer to _bulk is not one for each document');
    items.push(answered);
  }
  return bulkAnswer(items.flat());
}

async function onePart(send: Send, part: Buffer): Promise<Answer> {
  const answer = await send(part);
  if (answer.status === tooLarge) return halved(send, part);
  if (answer.status === 200 && !looksLikeBulkAnswer(answer.body)) return unavailable('its answer to _bulk is none');
  if (isFinal(answer.status))
    return unavailable(`it answered ${answer.status}: ${answer.body.toString().slice(0, 300)}`);
  return answer;
}

async function halved(send: Send, part: Buffer): Promise<Answer> {
  const halves = partsOf(part, part.length / 2);
  if (halves.length > 1) return inParts(send, halves);
  if (part.length < smallestTooLarge) return unavailable('a small document alone is too large for it');
  const reason = 'the document alone is larger than the server takes in one request';
  return bulkAnswer([{ create: { status: tooLarge, error: { type: 'content_too_long', reason } } }]);
}

/** An answer to `_bulk` made of these items. */
export function bulkAnswer(items: Items): Answer {
  const errors = items.some((entry) => Object.values(entry).some(({ status }) => status >= 300));
  const body = json({ took: 0, errors, items });
  return { status: 200, headers: { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' }, body };
}

/** 503: the collector tries again. */
export function unavailable(why: string): Answer {
  return {
    status: 503,
    headers: { 'content-type': 'application/json' },
    body: json({ error: `Elasticsearch: ${why}` }),
  };
}

function looksLikeBulkAnswer(body: Buffer): boolean {
  return (
    body.toString('latin1', 0, 1) === '{' &&
    body.includes('"items"') &&
    body.toString('latin1', body.length - 1) === '}'
  );
}

export function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
