import assert from 'node:assert/strict';
import { bar, duration, offset } from './durations.js';

describe('a duration', () => {
  const cases: [ms: number, text: string][] = [
    [0, '0.0 ms'],
    [9.94, '9.9 ms'],
    [9.96, '10 ms'],
    [999.6, '1.00 s'],
    [1_840, '1.84 s'],
    [59_960, '1 min 0 s'],
    [3_599_600, '1 h 00 min'],
    [187_200_000, '2 d 4 h'],
  ];
  for (const [ms, text] of cases) it(`of ${ms} ms reads ${text}`, () => assert.equal(duration(ms), text));
});

describe('the time since the start', () => {
  const cases: [ms: number, text: string][] = [
    [0, '0.000'],
    [-0.3, '0.000'],
    [-3_000, '-3.000'],
    [62_345.4, '1:02.345'],
    [59_999.6, '1:00.000'],
    [93_662_000, '26:01:02'],
  ];
  for (const [ms, text] of cases) it(`of ${ms} ms reads ${text}`, () => assert.equal(offset(ms), text));
});

describe('a bar', () => {
  it('starts where its share of the columns begins', () => assert.equal(bar(0.5, 0.25, 8), '    ██'));
  it('has an eighth of a column at least', () => assert.equal(bar(0.25, 0, 8), '  ▏'));
  it('stays within its columns', () => assert.equal(bar(1, 0.5, 4), '   █'));
});
