import type { Page } from 'puppeteer-core';
import { type RealBrowser, startBrowser } from './browser.js';
import { type RunningPage, startPage } from './page-server.js';
import * as stories from './page-stories.js';
import type { Real } from './stack.js';

/** The page, served by the command, and a browser to open it in. */
export interface OpenPage {
  readonly url: string;
  browser(): RealBrowser;
  page(): RunningPage;
  /** Somebody who has followed a link of their own. */
  visitor(width?: number, height?: number): Promise<Page>;
  /** A story of the tests, in UTC. */
  storyUrl(order: string): string;
}

/** Nothing listens there: only the form of a link to it is looked at. */
export const kibanaUrl = 'http://127.0.0.1:5601/s/support';

/** Registers the page for the suite that calls it; the tests' stories are stored before. */
export function useOpenPage(real: () => Real): () => OpenPage {
  let browser: RealBrowser | undefined;
  let page: RunningPage | undefined;
  before(async function () {
    this.timeout(300_000);
    await real().write([...stories.failedStory(), ...stories.hostileStory(), ...stories.wideStory()]);
    browser = await startBrowser();
    page = await startPage({ ...real().environment, KIBANA_URL: kibanaUrl });
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the page has not been started');
    return part;
  };
  const open: OpenPage = {
    get url() {
      return started(page).url;
    },
    browser: () => started(browser),
    page: () => started(page),
    async visitor(width, height) {
      const tab = await started(browser).visitor(width, height);
      await tab.goto(started(page).link());
      await tab.waitForSelector('.start');
      return tab;
    },
    storyUrl: (order) => `${started(page).url}/?story=order:${order}&from=2026-11-01T00:00:00Z&tz=utc`,
  };
  return () => open;
}
