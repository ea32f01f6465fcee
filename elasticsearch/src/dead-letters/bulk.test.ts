import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { type Answer, bulk, bulkAnswer, maskedIn } from './bulk.js';
import type { BulkAnswer } from './refused.js';

const headers = { 'content-type': 'application/x-ndjson' };

function request(...sources: string[]): Buffer {
  return Buffer.from(sources.map((source) => `{"create":{"_index":"logs-x.otel-default"}}\n${source}\n`).join(''));
}

function answer(status: number, text: string): Answer {
  return { status, headers: {}, body: Buffer.from(text) };
}

function countOf(body: Buffer): number {
  return body.toString().trimEnd().split('\n').length / 2;
}

function statusesOf({ body }: Answer): number[] {
  return (JSON.parse(body.toString()) as BulkAnswer).items.map((item) => item.create?.status ?? 0);
}

describe('the relay before Elasticsearch', () => {
  /** Takes requests up to a size, as a server with a limit does. */
  const limitedTo = (bytes: number) => async (_: object, body: Buffer) =>
    body.length > bytes
      ? answer(413, 'too large')
      : bulkAnswer(Array.from({ length: countOf(body) }, () => ({ create: { status: 201 } })));

  it('sends a request that is too large in parts, and only a document that alone is too large is refused', async () => {
    const small = JSON.stringify({ body: 'x'.repeat(400) });
    const large = JSON.stringify({ body: 'x'.repeat(1_200_000) });
    const answered = await bulk(limitedTo(1_000), headers, request(small, small, large, small, small));
    assert.deepEqual(statusesOf(answered), [201, 201, 413, 201, 201]);
  });

  it('lets a small document that is "too large" be repeated', async () => {
    assert.equal((await bulk(limitedTo(0), headers, request('{"a":1}'))).status, 503);
  });

  for (const [what, given] of [
    ['a final status of a whole request', answer(400, '{"error":"no"}')],
    ['a page instead of an answer', answer(200, '<html>')],
    ['half an answer', answer(200, '{"items":[')],
  ] as const) {
    it(`makes the collector repeat after ${what}`, async () => {
      assert.equal((await bulk(async () => given, headers, request('{"a":1}'))).status, 503);
    });
  }

  for (const status of [401, 429, 500, 503]) {
    it(`passes ${status} on, which the collector repeats`, async () => {
      assert.equal((await bulk(async () => answer(status, ''), headers, request('{"a":1}'))).status, status);
    });
  }

  it('counts each document once that has something masked in it, packed or not', async () => {
    const twice = '{"attributes":{"redaction.masked.count":2},"resource":{"attributes":{"redaction.masked.count":1}}}';
    const body = request('{"a":1}', twice, '{"attributes":{"redaction.masked.count":1}}');
    assert.equal(await maskedIn(undefined, body), 2);
    assert.equal(await maskedIn('gzip', gzipSync(body)), 2);
  });
});
