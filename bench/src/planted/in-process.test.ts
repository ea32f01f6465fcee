import assert from 'node:assert/strict';
import { compilePolicy, loadPhones, readPolicy } from '@hallmark/privacy';
import { blindCases } from './blind/records.js';
import { type Case, fourthCases, generatedCases, secondCases, thirdCases } from './cases.js';
import { throughProcess } from './in-process.js';
import { leaks } from './judge.js';

const sets: Readonly<Record<string, () => Case[]>> = {
  'the generator': () => generatedCases([4711]),
  'the set written by hand': secondCases,
  'the set from public documentation': () => thirdCases([4711]),
  'the set of an attacker': () => fourthCases([4711]),
  'the set that was written blind': () => blindCases().filter(({ value }) => value?.limit !== 'both'),
};

describe('in the process, of the records of', () => {
  const redactor = compilePolicy(readPolicy(), { loadPhones });
  for (const [name, cases] of Object.entries(sets)) {
    it(`${name}, no personal value is left and no look-alike is harmed`, function () {
      this.timeout(60_000);
      const wrong = cases().filter(({ planted, value }) => {
        const result = throughProcess(redactor, planted);
        return value ? leaks(result, value) : result.includes('****');
      });
      assert.deepEqual(
        wrong.map(({ planted, value }) => `${planted.place}: ${value?.text ?? JSON.stringify(planted.record)}`),
        [],
      );
    });
  }
});
