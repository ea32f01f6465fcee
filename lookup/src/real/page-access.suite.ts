import assert from 'node:assert/strict';
import { waitUntil } from '@hallmark/stack';
import { untilText } from './browser.js';
import type { OpenPage } from './open-page.js';
import { startPage } from './page-server.js';
import * as stories from './page-stories.js';
import type { Real } from './stack.js';

/** Who may see what on the page, and what is written of it. */
export function describePageAccess(real: () => Real, open: () => OpenPage): void {
  describe('the page and accounts', () => {
    it('says what an account may not read', async () => {
      const narrow = await startPage({
        ...real().environment,
        LOOKUP_ELASTICSEARCH_URL: real().account('mes_only'),
      });
      try {
        const tab = await open().browser().visitor();
        await tab.goto(narrow.link());
        await tab.waitForSelector('.start');
        await tab.goto(open().storyUrl(stories.failedOrder).replace(open().url, narrow.url));
        const head = await untilText(tab, '.head', /Partial.*no access to .*shop-api/s);
        assert.doesNotMatch(await untilText(tab, '.services', /mes-api/), /shop-api/);
        assert.doesNotMatch(head, /Whole/);
        await tab.goto(`${narrow.url}/?q=order:${stories.failedOrder}&from=2026-11-01T00:00:00Z`);
        await tab.goto(`${narrow.url}/?q=kiln&live=1`);
        await untilText(tab, '.live-box', /Partial: no access to .*shop-api/s);
        await tab.goto(`${narrow.url}/?q=order:${stories.failedOrder}&from=2026-11-01T00:00:00Z`);
        const theirs = stories
          .failedStory()
          .filter(({ stream, source }) => stream.includes('-mes_api.') && ownsOrder(source.attributes));
        const found = await untilText(tab, '.results', /no access to .*shop-api/s);
        assert.equal(/^\d+ hits in 1 story/.exec(found)?.[0], `${theirs.length} hits in 1 story`);
      } finally {
        await narrow.stop();
      }
    });

    it('shows no story while who looked can’t be written, and says so', async () => {
      const tab = await open().visitor();
      await real().collector.stop();
      try {
        await tab.goto(open().storyUrl(stories.failedOrder));
        await untilText(tab, 'main', /No answer.*who looked can't be written/s);
        assert.equal(await tab.$('.row'), null);
      } finally {
        await real().collector.start();
      }
      // The browser itself says that an answer was 503.
      open().browser().complaints.splice(0);
      await tab.click('main .button');
      await untilText(tab, '.head', /Whole/);
    });

    it('says what is wrong with an account, without its password', async () => {
      const wrong = real().supportUrl.replace(/:[^:@/]+@/, ':wr0ng@');
      for (const [url, says] of [
        [wrong, /No answer.*refused the account 'support' \(401\)/s],
        [real().supportUrl.replace(/\/\/.*@/, '//'), /No answer.*asks for an account \(401\)/s],
      ] as const) {
        const page = await startPage({ ...real().environment, LOOKUP_ELASTICSEARCH_URL: url });
        try {
          const tab = await open().browser().visitor();
          await tab.goto(page.link());
          await tab.waitForSelector('.start');
          await tab.goto(open().storyUrl(stories.failedOrder).replace(open().url, page.url));
          assert.doesNotMatch(await untilText(tab, 'main', says), /wr0ng/);
          assert.equal(await tab.$('.row'), null);
        } finally {
          await page.stop();
        }
        // The browser itself says that an answer was 502.
        open().browser().complaints.splice(0);
      }
    });

    it('writes one look down for one story that is opened', async () => {
      const looksAt = async (asked: string) => {
        const query = { term: { 'attributes.lookup.asked': asked } };
        const { count } = await real().administrator.count({ index: 'logs-lookup.otel-audit', query });
        return count;
      };
      const tab = await open().visitor();
      for (const order of ['ORD-PAGE-ONCE', 'ORD-PAGE-AFTER']) {
        await tab.goto(open().storyUrl(order));
        await tab.waitForSelector('.empty');
      }
      // The second is stored after the first: by then a doubled first would be there.
      assert.ok(await waitUntil(async () => (await looksAt('Order ORD-PAGE-AFTER')) > 0, { timeoutMs: 30_000 }));
      assert.equal(await looksAt('Order ORD-PAGE-ONCE'), 1);
    });
  });
}

function ownsOrder(attributes: unknown): boolean {
  return (attributes as Record<string, unknown> | undefined)?.['order.id'] === stories.failedOrder;
}
