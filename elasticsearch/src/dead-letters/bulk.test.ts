import assert from 'node:assert/strict';
import { type Answer, bulk, bulkAnswer, largestPart } from './bulk.js';
import { countDocuments as countOf, documentsAt, maskedIn, partsOf } from './documents.js';
import type { BulkAnswer } from './refused.js';

const headers = { 'content-type': 'application/x-ndjson' };

function request(...sources: string[]): Buffer {
  return Buffer.from(sources.map((source) => `{"create":{"_index":"logs-x.otel-default"}}\n${source}\n`).join(''));
}

function answer(status: number, text: string): Answer {
  return { status, headers: {}, body: Buffer.from(text) };
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

  describe('sends what is larger than Elasticsearch may ever take at once in parts', () => {
    const sizes = [3, 3, 3, 9, 1, 1, 7, 1].map((megabytes) => megabytes * 999_000);
    const large = request(...sizes.map((size, at) => JSON.stringify({ at, body: 'x'.repeat(size) })));
    /** Answers each document with the status that its place has here, and notes what came. */
    const serverWith = (statuses: Readonly<Record<number, number>>, whole: Readonly<Record<number, number>> = {}) => {
      const parts: number[][] = [];
      let under = 0;
      const forward = async (_: object, part: Buffer) => {
        assert.equal(++under, 1, 'one part after the other');
        const documents = [...documentsAt(part, new Set(sizes.keys())).values()];
        const places = documents.map(({ source }) => (JSON.parse(source) as { at: number }).at);
        assert.ok(part.length <= largestPart || places.length === 1, `${part.length} bytes`);
        parts.push(places);
        await Promise.resolve();
        under--;
        const status = whole[places[0] ?? -1];
        if (status) return answer(status, '{"error":{"type":"es_rejected_execution_exception"}}');
        return bulkAnswer(
          places.map((at) => ({ create: { status: statuses[at] ?? 201, error: { reason: `${at}` } } })),
        );
      };
      return { parts, forward };
    };

    it('one after the other, each cut between documents, and answers for all in their order', async () => {
      const { parts, forward } = serverWith({ 1: 400, 3: 429, 7: 409 });
      const answered = await bulk(forward, headers, large);
      assert.deepEqual(parts, [[0, 1], [2], [3], [4, 5], [6, 7]]);
      assert.deepEqual(statusesOf(answered), [201, 400, 201, 429, 201, 201, 201, 409]);
      const { errors, items } = JSON.parse(answered.body.toString()) as BulkAnswer;
      assert.equal(errors, true);
      assert.deepEqual(
        items.map((item) => item.create?.error?.reason),
        ['0', '1', '2', '3', '4', '5', '6', '7'],
      );
    });

    it('and makes the collector repeat all of it once a part is not taken', async () => {
      const { parts, forward } = serverWith({}, { 3: 429 });
      assert.equal((await bulk(forward, headers, large)).status, 429);
      assert.deepEqual(parts.at(-1), [3]);
      assert.equal((await bulk(serverWith({}, { 3: 400 }).forward, headers, large)).status, 503);
    });

    it('and takes no answer with an item less', async () => {
      const forward = async () => bulkAnswer([{ create: { status: 201 } }]);
      assert.equal((await bulk(forward, headers, large)).status, 503);
    });

    it('without copies, and as it is when it is small', () => {
      assert.ok(partsOf(large, largestPart).every(({ buffer }) => buffer === large.buffer));
      assert.equal(Buffer.concat(partsOf(large, 10)).equals(large), true);
      assert.deepEqual(partsOf(Buffer.alloc(0), 10), [Buffer.alloc(0)]);
      const odd = Buffer.from('\n{"create":{}}\n\n{"a":1}\n{"create":{}}');
      assert.deepEqual([countOf(odd), partsOf(odd, 1).join('')], [1, odd.toString()]);
    });
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

  it('counts each document once that has something masked in it', () => {
    const twice = '{"attributes":{"redaction.masked.count":2},"resource":{"attributes":{"redaction.masked.count":1}}}';
    const body = request('{"a":1}', twice, '{"attributes":{"redaction.masked.count":1}}');
    assert.equal(maskedIn(body), 2);
  });
});
