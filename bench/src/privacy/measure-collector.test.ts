import assert from 'node:assert/strict';
import { blindCases } from '../planted/blind/records.js';
import { generatedCases } from '../planted/cases.js';
import { tallyOfCollector } from './measure-collector.js';
import { collectorVariants } from './variants.js';

/** The goal for ordinary lines that the collector harms. */
const mostHarmed = 0.002;

describe('through the collector as it is configured, of the records of', () => {
  const variant = collectorVariants().at(-1);
  const sets = { 'the generator': generatedCases([4711]), 'the set that was written blind': blindCases() };
  for (const [title, cases] of Object.entries(sets)) {
    it(`${title}, nothing is stored but what docs/privacy.md names, and of a thousand look-alikes at most two are harmed`, async function () {
      this.timeout(180_000);
      assert(variant);
      const tally = await tallyOfCollector(title, variant, cases);
      assert.equal(tally.leaked - tally.leakedInLinks - tally.byChecksumAlone - tally.named, 0);
      assert.equal(tally.lost, 0);
      assert(tally.harmed <= tally.lookAlikes * mostHarmed, `${tally.harmed} of ${tally.lookAlikes} harmed`);
    });
  }
});
