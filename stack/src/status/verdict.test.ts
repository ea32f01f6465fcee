import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CollectorState, findings, statusText } from './verdict.js';

/** What docs/durability.md says is to be done, by the verdict's words. */
const told = [
  ...readFileSync(fileURLToPath(new URL('../../../docs/durability.md', import.meta.url)), 'utf8').matchAll(
    /^\| `([^`]+)` \|/gm,
  ),
].map(([, words = '']) => new RegExp(`^${words.replace(/[().*]/g, '\\$&').replaceAll('…', '.*')}$`));
const now = new Date('2026-11-21T12:00:00Z');
const well: CollectorState = {
  received: 1_000,
  refused: 0,
  givenUp: 0,
  sent: 1_000,
  masked: 400,
  rejected: 0,
  lastHour: { sent: 997, rejected: 0 },
  damagedFiles: 0,
  queueBytes: 1_000,
  queueCapacityBytes: 1_000_000_000,
  oldestSeconds: 2,
  seenAt: '2026-11-21T11:59:55.000Z',
  isAnswering: true,
};

describe('the verdict on the collector', () => {
  it('is one line when all is well, above the numbers', () => {
    assert.deepEqual(findings(well, now), []);
    const text = statusText(well, now);
    assert.match(text, /^✓ all is well\n\n {2}received +1000 /);
    assert.match(text, / {2}masked +400 of them/);
    assert.ok(text.split('\n').length <= 24, 'more than one screen');
  });

  for (const [what, change, expected] of [
    ['a queue that is nearly full', { queueBytes: 800_000_000 }, /nearly full/],
    ['records that wait', { oldestSeconds: 60 }, /waiting for up to 60 s/],
    [
      'what Elasticsearch does not take',
      { refusals: [{ stream: 'logs-mes.otel-default', status: 403, reason: 'cluster_block_exception', seconds: 30 }] },
      /^Elasticsearch has not taken what goes to logs-mes\.otel-default for 30 s: 403, cluster_block_exception$/,
    ],
    [
      'dead letters of the last hour, and their share of that hour',
      { rejected: 30, lastHour: { sent: 997, rejected: 3 } },
      /^3 records \(0\.30 %\) were refused by Elasticsearch in the last hour/,
    ],
    ['what was given up', { givenUp: 2 }, /^2 acknowledged records were given up and are missing/],
    ['a disk without room for the queue', { isReserved: false }, /no room for all that the queue may hold/],
    ['damaged queue files', { damagedFiles: 1 }, /^1 damaged queue files were set aside/],
    ['refused senders', { refused: 4 }, /4 records were refused to their senders/],
    [
      'a collector that did not answer just now',
      { isAnswering: false },
      /has not answered since 2026-11-21T11:59:55\.000Z: the numbers are of that time$/,
    ],
    ['a collector that no longer answers', { seenAt: '2026-11-21T11:50:00.000Z' }, /has not answered since/],
  ] as const) {
    it(`names ${what}`, () => {
      const found = findings({ ...well, ...change }, now);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', expected);
      assert.ok(
        told.some((pattern) => pattern.test(found[0] ?? '')),
        'docs/durability.md does not say what to do',
      );
    });
  }

  it('is well again an hour after the last dead letter, whose number stays', () => {
    const state = { ...well, sent: 997, rejected: 3 };
    assert.deepEqual(findings(state, now), []);
    assert.match(statusText(state, now), / {2}rejected +3 kept as dead letters, 0\.30 % of what came/);
    assert.match(statusText({ ...state, sent: 0 }, now), / {2}rejected +3 .* 100\.00 %/);
  });

  it('takes a moment of too much work for nothing', () => {
    const refusals = [{ stream: 'logs-mes.otel-default', status: 429, reason: 'x', seconds: 10 }];
    assert.deepEqual(findings({ ...well, refusals }, now), []);
  });

  it('says when there is nothing to see', () => {
    assert.match(statusText(undefined, now), /^✗ the collector has not answered yet/);
  });
});
