import assert from 'node:assert/strict';
import type { Answer } from '../dead-letters/bulk.js';
import { followRefusals } from './refusals.js';

const body = (...ids: string[]) =>
  Buffer.from(ids.map((id) => `{"create":{"_index":"logs-mes.otel-default","_id":"${id}"}}\n{"a":"b"}\n`).join(''));
const answer = (status: number, content: object): Answer => ({
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(content)),
});
const items = (...statuses: number[]) =>
  answer(200, {
    items: statuses.map((status) => ({
      create: { status, ...(status >= 300 && { error: { type: 'some_exception', reason: 'a value' } }) },
    })),
  });

describe('what Elasticsearch does not take', () => {
  it('is known by its first refused document for as long as that is repeated, and no longer', () => {
    const refusals = followRefusals();
    refusals.answered(body('1', '2', '3'), items(201, 403, 403), 0);
    refusals.answered(body('2', '3'), items(403, 403), 5_000);
    refusals.answered(body('4'), items(201), 6_000);
    refusals.answered(body('5'), items(403), 7_000);
    assert.deepEqual(refusals.lasting(25_000), [
      { stream: 'logs-mes.otel-default', status: 403, reason: 'some_exception', seconds: 25 },
    ]);
    refusals.answered(body('2', '3'), items(201, 201), 26_000);
    refusals.answered(body('5'), items(201), 26_000);
    assert.deepEqual(refusals.lasting(27_000), []);
  });

  it('may be whole requests, and no answer at all', () => {
    const refusals = followRefusals();
    refusals.answered(body('1'), answer(401, { error: { type: 'security_exception', reason: 'collector' } }), 0);
    refusals.answered(body('2'), answer(503, { error: 'Elasticsearch: connect ECONNREFUSED' }), 1_000);
    assert.deepEqual(
      refusals.lasting(2_000).map(({ status, reason }) => [status, reason]),
      [
        [401, 'security_exception'],
        [503, 'Elasticsearch: connect ECONNREFUSED'],
      ],
    );
  });

  it('is forgotten when nobody repeats it, and is no document that is there already or is kept as a dead letter', () => {
    const refusals = followRefusals();
    refusals.answered(body('1'), items(429), 0);
    refusals.answered(body('2', '3'), items(409, 400), 0);
    assert.equal(refusals.lasting(60_000).length, 1);
    assert.deepEqual(refusals.lasting(60_001), []);
  });

  it('is over once its documents are stored, wherever they come, or the queue is empty', () => {
    const refusals = followRefusals();
    for (const id of ['1', '2', '3'])
      refusals.answered(body(id), answer(503, { error: 'Elasticsearch: connect ECONNREFUSED' }), 0);
    refusals.answered(body('9', '1', '2'), items(201, 409, 429), 1_000);
    refusals.answered(body('9', '1', '8'), items(201, 201, 201), 2_000);
    assert.deepEqual(
      refusals
        .lasting(2_000)
        .map(({ status, seconds }) => [status, seconds])
        .sort(),
      [
        [429, 2],
        [503, 2],
      ],
    );
    refusals.answered(body('9', '2', '3'), items(201, 409, 201), 3_000);
    assert.deepEqual(refusals.lasting(3_000), []);
    refusals.answered(body('4'), items(429), 4_000);
    refusals.emptyAt(4_000);
    assert.equal(refusals.lasting(4_000).length, 1);
    refusals.emptyAt(5_000);
    assert.deepEqual(refusals.lasting(5_000), []);
  });
});
