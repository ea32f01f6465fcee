import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { KeyInput, Page } from 'puppeteer-core';
import { textAt, untilText } from './browser.js';
import type { OpenPage } from './open-page.js';
import * as stories from './page-stories.js';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');
/** More stops than a page has: whoever is not back at the beginning by then is in a trap. */
const mostStops = 120;

/** That everybody can use the page: by keyboard, by ear, in the light and in the dark, on a small screen. */
export function describePageForAll(open: () => OpenPage): void {
  describe('for everybody', () => {
    const story = () => open().storyUrl(stories.failedOrder);

    it('is used by keyboard alone: look up, walk, open, jump, narrow, close', async () => {
      const tab = await open().visitor();
      await press(tab, ['/']);
      await tab.keyboard.type(stories.failedOrder);
      await press(tab, ['Enter']);
      await tab.waitForSelector('.row.error');
      await press(tab, ['j', 'ArrowDown']);
      assert.match((await textAt(tab, '.row.here')) ?? '', /POST \/orders/);
      await press(tab, ['Enter']);
      await untilText(tab, '.detail', /http.request.method/);
      assert.equal(await tab.evaluate('document.activeElement.className'), 'detail');
      await press(tab, ['Escape']);
      await tab.waitForFunction('document.activeElement.id === "rows" && !document.querySelector(".detail")');
      const rows = Number(await tab.evaluate('document.querySelector("#rows").ariaRowCount'));
      await press(tab, ['ArrowLeft']);
      await tab.waitForFunction(`Number(document.querySelector("#rows").ariaRowCount) < ${rows}`);
      assert.equal(await tab.evaluate('document.querySelector(".row.here").ariaExpanded'), 'false');
      await press(tab, ['ArrowRight', 'End']);
      await untilText(tab, '.row.here', /dead letters/);
      await press(tab, ['?']);
      await tab.waitForSelector('dialog[open]');
      await press(tab, ['Escape']);
      await tab.waitForFunction('!document.querySelector("dialog")');
      await press(tab, ['n']);
      await untilText(tab, '#said', /Error \d of 2/);
    });

    it('leads the tab key through everything and out again, with the focus in sight', async () => {
      const tab = await open().visitor();
      await tab.goto(story());
      await tab.waitForSelector('.row.error');
      const visited = new Set<string>();
      let isBack = false;
      for (let stop = 0; stop < mostStops && !isBack; stop += 1) {
        await tab.keyboard.press('Tab');
        const [name, outline] = (await tab.evaluate(
          `(() => { const at = document.activeElement; return [at.id || at.className || at.tagName, getComputedStyle(at).outlineStyle]; })()`,
        )) as [string, string];
        isBack = visited.has('skip') && (name === 'skip' || name === 'BODY');
        if (!isBack && name !== 'BODY') assert.notEqual(outline, 'none', `the focus can't be seen on ${name}`);
        visited.add(name);
      }
      assert.ok(isBack, `still at ${[...visited].at(-1)}`);
      for (const stop of ['q', 'since', 'find', 'rows']) assert.ok(visited.has(stop), `no way to ${stop}`);
    });

    it('can have its single keys turned off', async () => {
      const tab = await open().visitor();
      await tab.goto(story());
      await tab.waitForSelector('.row.error');
      await press(tab, ['?']);
      await tab.click('dialog input');
      await tab.click('dialog .button');
      await press(tab, ['n']);
      assert.equal(await tab.$('.detail'), null);
    });

    it('tells a screen reader what rows are: level, place, open or not, error or not', async () => {
      const tab = await open().visitor();
      await tab.goto(story());
      await tab.waitForSelector('.row.error');
      const row = (await tab.evaluate(
        `(() => { const row = document.querySelectorAll(".rows .row")[1]; return [row.role, row.ariaLevel, row.ariaExpanded, row.ariaRowIndex, row.innerText]; })()`,
      )) as string[];
      assert.deepEqual(row.slice(0, 4), ['row', '2', 'true', '3']);
      assert.match(await untilText(tab, '.row.error .what', /error:/), /error:/);
      assert.match((await textAt(tab, '#said')) ?? '', /^whole: \d+ spans, \d+ records, 2 errors$/);
    });

    for (const [theme, width, height] of [
      ['light', 1_280, 800],
      ['dark', 390, 844],
    ] as const) {
      it(`has no barrier that axe knows of, ${theme}, ${width} wide`, async () => {
        const tab = await open().visitor(width, height);
        await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
        for (const [path, place] of [
          ['/', '.start'],
          [`${story()}&at=72657472792e2e2e`, '.detail'],
          [`${story()}&view=timeline`, '.timeline'],
          [open().storyUrl('ORD-NOWHERE'), '.empty'],
          ['/?q=mesh&from=2026-11-01T00:00:00Z&live=1', '.found'],
        ] as const) {
          await tab.goto(new URL(path, open().url).href);
          await tab.waitForSelector(place);
          assert.deepEqual(await barriers(tab), [], path);
          const spills = await tab.evaluate('document.documentElement.scrollWidth > innerWidth');
          assert.equal(spills, false, `${path} is wider than the screen`);
        }
      });
    }

    it('is dark or light as the system prefers, unless the reader chose', async () => {
      const tab = await open().visitor();
      const paper = () => tab.evaluate('getComputedStyle(document.body).backgroundColor');
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
      const light = await paper();
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      const dark = await paper();
      assert.notEqual(light, dark);
      await press(tab, ['t']);
      assert.equal(await paper(), light);
      assert.match(tab.url(), /theme=light/);
      await press(tab, ['t']);
      assert.equal(await paper(), dark);
    });

    it('has local time or UTC, and says which', async () => {
      const tab = await open().visitor();
      await tab.emulateTimezone('Asia/Tokyo');
      await tab.goto(story().replace('&tz=utc', ''));
      await untilText(tab, '.head', /21 Nov 2026, 10:40:12\.104/);
      assert.match((await textAt(tab, '.manner')) ?? '', /Asia\/Tokyo/);
      await press(tab, ['u']);
      await untilText(tab, '.head', /21 Nov 2026, 01:40:12\.104/);
      assert.match(tab.url(), /tz=utc/);
    });

    it('opens by a link once, and from a link on another site', async () => {
      const link = open().page().link();
      const tab = await open().browser().visitor();
      await tab.goto(link);
      await tab.waitForSelector('.start');
      const other = await open().browser().visitor();
      await other.goto(link);
      await untilText(other, 'h1', /This link has been used/);
      open().browser().complaints.splice(0);

      const site = createServer((_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<a href="${story()}">the order</a>`),
      );
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
      try {
        await tab.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
        await tab.click('a');
        await untilText(tab, '.head', /Order ORD-PAGE-1/);
      } finally {
        site.closeAllConnections();
        await new Promise((resolve) => site.close(resolve));
        open().browser().complaints.splice(0);
      }
    });
  });
}

async function press(tab: Page, keys: readonly KeyInput[]): Promise<void> {
  for (const key of keys) await tab.keyboard.press(key);
}

/** One line for each thing that stands in somebody's way (WCAG 2.2 A and AA). */
async function barriers(tab: Page): Promise<string[]> {
  await tab.evaluate(axe);
  const [checked, found] = (await tab.evaluate(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], preload: false }).then(({ passes, violations }) => [passes.length,
      violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + " " + (any[0]?.message ?? "")).join(" | "))])`,
  )) as [number, string[]];
  assert.ok(checked > 10, `axe checked only ${checked} things`);
  return found;
}
