import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type BulkAnswer, type BulkItem, isFinal } from './refused.js';

/** An answer of Elasticsearch, or in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Forward = (headers: IncomingHttpHeaders, body: Buffer) => Promise<Answer>;

const decompress = promisify(gunzip);
const tooLarge = 413;
/** What servers and proxies take at least; a smaller document is refused for another reason, which will pass. Unit: characters. */
const smallestTooLarge = 1_000_000;
/** The line of a document's action. Unit: bytes. */
const longestAction = 2_048;

/**
 * Sends a `_bulk` request and gives an answer that the collector can live with. The collector drops a request that gets 413, 400 or
 * another final status as a whole: a request that is too large is sent in halves, down to the one document that is, and any other
 * final status becomes a 503, which is repeated until somebody has mended its cause.
 */
export async function bulk(forward: Forward, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  // Answers are small and read here: packed ones would only have to be unpacked.
  const { 'accept-encoding': _, ...plainAnswer } = headers;
  const answer = await forward(plainAnswer, body);
  if (answer.status === tooLarge)
    return inHalves(forward, plainAnswer, await unpacked(headers['content-encoding'], body));
  if (answer.status === 200 && !looksLikeBulkAnswer(answer.body)) return unavailable('its answer to _bulk is none');
  if (isFinal(answer.status))
    return unavailable(`it answered ${answer.status}: ${answer.body.toString().slice(0, 300)}`);
  return answer;
}

async function inHalves(forward: Forward, headers: IncomingHttpHeaders, plain: string): Promise<Answer> {
  const { 'content-encoding': _, ...unpackedHeaders } = headers;
  const lines = plain.split('\n').filter((line) => line !== '');
  if (lines.length <= 2) {
    if (plain.length < smallestTooLarge) return unavailable('a small document alone is too large for it');
    const reason = 'the document alone is larger than the server takes in one request';
    return bulkAnswer([{ create: { status: tooLarge, error: { type: 'content_too_long', reason } } }]);
  }
  const middle = Math.ceil(lines.length / 4) * 2;
  const items: Readonly<Record<string, BulkItem>>[] = [];
  for (const half of [lines.slice(0, middle), lines.slice(middle)]) {
    const answer = await bulk(forward, unpackedHeaders, Buffer.from(`${half.join('\n')}\n`));
    // What the first half stored is stored once only when all is sent again: documents have their ids.
    if (answer.status !== 200) return answer;
    items.push(...(JSON.parse(answer.body.toString()) as BulkAnswer).items);
  }
  return bulkAnswer(items);
}

/** An answer to `_bulk` made of these items. */
export function bulkAnswer(items: readonly Readonly<Record<string, BulkItem>>[]): Answer {
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

export async function unpacked(encoding: string | undefined, body: Buffer): Promise<string> {
  return (await plainBody(encoding, body)).toString();
}

export async function plainBody(encoding: string | undefined, body: Buffer): Promise<Buffer> {
  return encoding === 'gzip' ? decompress(body) : body;
}

/** Stream and id of the first document of a `_bulk` body; empty where it names none. */
export function firstDocument(body: Buffer): { readonly index: string; readonly id: string } {
  const line = body.toString('utf8', 0, Math.min(Math.max(0, body.indexOf('\n')), longestAction));
  const named = (key: string) => new RegExp(`"${key}":"([^"]*)"`).exec(line)?.[1] ?? '';
  return { index: named('_index'), id: named('_id') };
}

const maskedKey = Buffer.from('"redaction.masked.count"');

/** How many documents of a `_bulk` body, one a line, had something masked in them. */
export async function maskedIn(encoding: string | undefined, body: Buffer): Promise<number> {
  const plain = await plainBody(encoding, body);
  let documents = 0;
  for (let at = plain.indexOf(maskedKey); at >= 0; documents++) {
    const end = plain.indexOf('\n', at);
    at = end < 0 ? -1 : plain.indexOf(maskedKey, end);
  }
  return documents;
}

export function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
