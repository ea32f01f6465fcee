import assert from 'node:assert/strict';
import { pairedDifferences, summarize } from './statistics.js';

describe('the statistics of rounds', () => {
  it('are the median and the range, whatever the order', () => {
    assert.deepEqual(summarize([9, 1, 4]), { median: 4, min: 1, max: 9 });
    assert.deepEqual(summarize([4, 1, 9, 6]), { median: 5, min: 1, max: 9 });
    assert.deepEqual(summarize([7]), { median: 7, min: 7, max: 7 });
    assert.throws(() => summarize([]), /no sample/);
  });

  it('compare each round with bare Node in the same round', () => {
    assert.deepEqual(pairedDifferences([130, 250, 131], [30, 150, 30]), [100, 100, 101]);
    assert.deepEqual(pairedDifferences([130, 250], [30]), [100]);
  });
});
