import assert from 'node:assert/strict';
import { exampleStartMs, type StoredExample, storedSpan, traceIdOf } from '../example/documents.js';
import { textAt, untilText } from './browser.js';
import type { OpenPage } from './open-page.js';
import * as stories from './page-stories.js';
import type { Real } from './stack.js';

/** What arrives while somebody looks. */
export function describePageLive(real: () => Real, open: () => OpenPage): void {
  describe('while more arrives', () => {
    it('counts what arrives while a search is live, and moves nothing until it is asked to', async () => {
      const tab = await open().visitor();
      await tab.goto(`${open().url}/?q=kiln&live=1`);
      await untilText(tab, '.live-box', /waiting for what arrives/);
      const place = 'document.querySelector(".results > :last-child").getBoundingClientRect().top';
      const before = await tab.evaluate(place);
      await real().write([stories.arrival(1), stories.arrival(2)].map(now));
      await untilText(tab, '.live-box button', /^2 new$/);
      assert.equal(await tab.evaluate(place), before);
      await tab.click('.live-box button');
      assert.match(await untilText(tab, '.live-box .hits', /arrived kiln 2/), /arrived kiln 1/);
    });

    it('looks again by itself for a story that lacks something, and moves nothing that is being read', async () => {
      const agoMs = 20_000;
      const span = (id: string, parent: string | undefined, offsetMs: number) =>
        storedSpan({
          ...{ service: 'crm-api', trace: traceIdOf(0x990), id, name: id, tookMs: 50 },
          ...(parent !== undefined && { parent }),
          at: Date.now() - exampleStartMs - agoMs + offsetMs,
          attributes: { 'order.id': 'ORD-PAGE-LATE' },
        });
      await real().write([span('last', 'middle', 2)]);
      const tab = await open().visitor();
      await tab.goto(`${open().url}/?story=order:ORD-PAGE-LATE&since=1h`);
      await untilText(tab, '.head', /Partial/);
      await real().write([span('middle', 'first', 1)]);
      await untilText(tab, '.rows', /middle.*last/s);
      assert.match((await textAt(tab, '.head')) ?? '', /Partial/);

      for (const key of ['j', 'Enter'] as const) await tab.keyboard.press(key);
      await tab.waitForSelector('.detail');
      const place = 'document.querySelector(".row.chosen").getBoundingClientRect().top';
      const before = await tab.evaluate(place);
      await real().write([span('first', undefined, 0)]);
      await untilText(tab, '.arrived', /^1 row more: show$/);
      assert.equal(await tab.evaluate(place), before);
      await tab.click('.arrived');
      await untilText(tab, '.rows', /first.*middle.*last/s);
      assert.match((await textAt(tab, '.head')) ?? '', /Whole/);
      assert.match((await textAt(tab, '.row.chosen')) ?? '', /middle/);
    });
  });
}

/** With the time of the test: a tail shows what is new. */
function now({ stream, source }: StoredExample): StoredExample {
  return { stream, source: { ...source, '@timestamp': `${Date.now()}.0` } };
}
