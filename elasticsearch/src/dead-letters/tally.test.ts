import assert from 'node:assert/strict';
import { startTally } from './tally.js';

describe('what the relay counts', () => {
  it('is counted since its start, and over the last hour', () => {
    const [tally, noon] = [startTally(), Date.parse('2026-11-21T12:00:00Z')];
    tally.add(3, noon);
    tally.add(2, noon + 30 * 60_000);
    assert.deepEqual([tally.total, tally.lastHour(noon + 60 * 60_000)], [5, 5]);
    assert.deepEqual([tally.total, tally.lastHour(noon + 61 * 60_000)], [5, 2]);
    assert.deepEqual([tally.total, tally.lastHour(noon + 92 * 60_000)], [5, 0]);
  });
});
