import assert from 'node:assert/strict';
import type { Page } from 'puppeteer-core';
import { storedRecord } from '../example/documents.js';
import { textAt, untilText } from './browser.js';
import type { OpenPage } from './open-page.js';
import * as stories from './page-stories.js';
import type { Real } from './stack.js';

/** One page of an answer has 200 hits. */
const many = 205;
const minuteMs = 60_000;

/** What a search on the page leads to, and back. */
export function describePageSearch(real: () => Real, open: () => OpenPage): void {
  describe('a search on the page', () => {
    const search = (q: string, more = '') =>
      `${open().url}/?q=${encodeURIComponent(q)}&from=2026-11-01T00:00:00Z&to=2026-11-30T00:00:00Z&tz=utc${more}`;
    const found = async (q: string, more?: string) => {
      const tab = await open().visitor();
      await tab.goto(search(q, more));
      await tab.waitForSelector('.results');
      return tab;
    };
    const titles = (tab: Page) => tab.evaluate('document.querySelectorAll(".found > li").length') as Promise<number>;

    before(() =>
      real().write(
        Array.from({ length: many }, (_, index) =>
          storedRecord({
            ...{ service: 'crm-api', at: (index % 3) * 24 * 60 * minuteMs + index, body: `polished ${index}` },
            ...(index % 50 === 0 && { severity: 'ERROR' as const }),
            attributes: { 'code.namespace': 'page-search' },
          }),
        ),
      ),
    );

    it('shows the newest, and older ones when asked for them', async () => {
      const tab = await found('module:page-search');
      assert.match((await textAt(tab, '.results h1')) ?? '', /^205 hits in 200\+ stories$/);
      assert.equal(await titles(tab), 200);
      await untilText(tab, '.results .gaps', /Partial: the newest 200 of 205 are shown: there are older ones/);
      await tab.click('.more .button');
      await tab.waitForFunction(`document.querySelectorAll(".found > li").length === ${many}`);
      assert.equal(await tab.$('.more'), null);
      await untilText(tab, '.results', /Whole: all that was found is here/);
      const texts = (await tab.evaluate(
        '[...document.querySelectorAll(".found .hit .text")].map((hit) => hit.innerText)',
      )) as string[];
      assert.equal(new Set(texts).size, many);
    });

    it('is narrowed by a bar of its histogram, and "back" leads out again', async () => {
      const tab = await found('module:page-search');
      const bars = (await tab.evaluate(
        '[...document.querySelectorAll(".histogram button")].map((bar) => bar.ariaLabel)',
      )) as string[];
      const counts = bars.map((bar) => /: (\d+), (\d+) errors; narrow to it$/.exec(bar)?.slice(1).map(Number));
      assert.deepEqual(
        [bars.length, counts],
        [
          3,
          [
            [69, 2],
            [68, 1],
            [68, 2],
          ],
        ],
      );
      await tab.click('.histogram button:nth-of-type(1)');
      await untilText(tab, '.results h1', /^69 hits/);
      assert.match(tab.url(), /from=2026-11-21.*to=2026-11-2[12]/);
      await tab.goBack();
      await untilText(tab, '.results h1', /^205 hits/);
    });

    it('goes on from a record’s field: others with its value, errors without it', async () => {
      const tab = await open().visitor();
      await tab.goto(`${open().storyUrl(stories.failedOrder)}&at=72657472792e2e2e`);
      await untilText(tab, '.detail', /messaging\.message\.id/);
      const act = (title: string) => tab.click(`.detail button[title^="${title}"]`);
      await act('Look for messaging.message.id');
      await untilText(tab, '.found', /mes\.orders process/);
      assert.equal(await tab.evaluate('document.querySelector("#q").value'), '@messaging.message.id:m-page-7');
      await tab.goBack();
      await untilText(tab, '.detail', /messaging\.message\.id/);
      await act('Look for errors without this messaging.message.id');
      await tab.waitForFunction('document.querySelector("#q").value === "level:error -@messaging.message.id:m-page-7"');
      assert.doesNotMatch((await untilText(tab, '.found', /calculation\.failed/)) ?? '', /mes\.orders process/);
    });

    it('names the order that differs by upper and lower case only', async () => {
      const tab = await found(stories.failedOrder.toLowerCase());
      await untilText(
        tab,
        '.results .alone',
        new RegExp(`there is ${stories.failedOrder}, which differs by upper and lower case`),
      );
    });

    it('shows hostile content as text', async () => {
      const tab = await found(`order:${stories.hostileOrder}`);
      const text = await untilText(tab, '.found', /./);
      assert.doesNotMatch(text, /[^\P{C}\n\t]/u);
      assert.equal(await tab.evaluate('window.harmed'), undefined);
      assert.equal(await tab.evaluate('document.querySelectorAll("main img, main script, main b").length'), 0);
    });

    it('says where its words are wrong', async () => {
      const tab = await open().visitor();
      await tab.goto(search('kiln "open'));
      assert.match(await untilText(tab, 'main', /can’t be searched for/), /\n {5}\^/);
      open().browser().complaints.splice(0);
    });
  });
}
