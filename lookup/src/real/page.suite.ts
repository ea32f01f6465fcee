import assert from 'node:assert/strict';
import { textAt, untilText } from './browser.js';
import { kibanaUrl, useOpenPage } from './open-page.js';
import { describePageAccess } from './page-access.suite.js';
import { describePageForAll } from './page-for-all.suite.js';
import { describePageLive } from './page-live.suite.js';
import { describePageSearch } from './page-search.suite.js';
import * as stories from './page-stories.js';
import type { Real } from './stack.js';

/** The page in a real Chromium, on the real Elasticsearch and collector. */
export function describePage(real: () => Real): void {
  describe('the page', function () {
    this.timeout(180_000);
    const open = useOpenPage(real);
    const visitor = () => open().visitor();
    // What the browser complains about, a content policy that was broken above all, is a fault wherever it shows.
    afterEach(() => assert.deepEqual(open().browser().complaints.splice(0), []));

    it('goes from a search to the story, its error and the record’s fields; the link shows the same elsewhere', async () => {
      const tab = await visitor();
      await tab.type('#q', '"mesh is open"');
      await tab.keyboard.press('Enter');
      await untilText(tab, '.found', /ORD-PAGE-1.*ModelError: the mesh is open/s);
      await tab.click('.found a');
      assert.match(await untilText(tab, '.head', /Order ORD-PAGE-1.*Whole/s), /created.*calculating.*calculated/s);
      assert.match(await untilText(tab, '.jump', /2 errors/), /✗/);
      await untilText(tab, '.detail', /calculation.failed/);
      await tab.keyboard.press('n');
      await untilText(tab, '.detail', /mes.orders process.*open mesh/s);
      await tab.keyboard.press('n');
      await untilText(tab, '.detail', /calculation.failed.*3 edges have one triangle.*readMesh/s);
      assert.match((await textAt(tab, '.row.chosen')) ?? '', /ERROR calculation.failed/);
      await tab.keyboard.press('v');
      await tab.waitForSelector('.list.timeline .row.chosen');

      const elsewhere = await visitor();
      await elsewhere.goto(tab.url());
      await elsewhere.waitForSelector('.list.timeline .row.chosen');
      for (const place of ['.head', '.detail', '.row.chosen', '.jump']) {
        assert.equal(await textAt(elsewhere, place), await textAt(tab, place), place);
      }
      await tab.goBack();
      await tab.waitForSelector('.list.waterfall');
    });

    it('takes an order’s number, a trace id and a message id in its box, and leads to the story', async () => {
      const tab = await visitor();
      for (const [typed, title] of [
        ['ORD-PAGE-1', /^Order ORD-PAGE-1/],
        [stories.failedTrace, /^Trace a+902/],
        ['m-page-7', /^Message m-page-7/],
      ] as const) {
        await tab.click('#q', { count: 3 });
        await tab.type('#q', typed);
        await tab.keyboard.press('Enter');
        await untilText(tab, '.head h1', title);
      }
    });

    it('shows one span or the whole order, and only rows with certain words', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.failedOrder));
      await tab.waitForSelector('.row.error');
      const all = Number(await tab.evaluate('document.querySelector("#rows").ariaRowCount'));
      await tab.keyboard.press('n');
      await tab.keyboard.press('s');
      await tab.waitForFunction('Number(document.querySelector("#rows").ariaRowCount) === 5');
      await tab.keyboard.press('s');
      await tab.waitForFunction(`Number(document.querySelector("#rows").ariaRowCount) === ${all}`);
      await tab.keyboard.press('f');
      await tab.type('#find', 'dead letters');
      await tab.waitForFunction('Number(document.querySelector("#rows").ariaRowCount) === 4');
      assert.match((await textAt(tab, '#rows')) ?? '', /goes to the dead letters/);
    });

    it('draws only the rows in sight of five thousand, and jumps to the one error', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.wideOrder));
      await untilText(tab, '.facts', /5,000 spans/);
      const drawn = () => tab.evaluate('document.querySelectorAll(".rows .row").length') as Promise<number>;
      assert.ok((await drawn()) < 100);
      await tab.keyboard.press('n');
      await untilText(tab, '.row.chosen', /step 4321.*step failed/s);
      assert.ok((await drawn()) < 100);
      await tab.keyboard.press('[');
      await tab.waitForFunction('document.querySelectorAll(".rows .row").length === 1');
    });

    it('shows hostile content as text', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.hostileOrder));
      const rows = await untilText(tab, '.rows', /xxxxx.*yyyyy/s);
      assert.ok(rows.includes(stories.hostileTexts.html));
      assert.ok(rows.includes('a \\x1b[31mred\\x1b[0m \\x07bell'));
      assert.ok(rows.includes('before \\u{202e}after\\u{2066} \\u{200b}zero'));
      for (const key of ['j', 'j', 'Enter', 'j', 'j', 'j', 'j'] as const) await tab.keyboard.press(key);
      await untilText(
        tab,
        '.detail',
        /xxxxx.*Cut at 20,000 characters: note \(of 5,000,000\), body \(of 5,000,000\)\. The whole record/s,
      );
      assert.equal(await tab.evaluate('window.harmed'), undefined);
      assert.equal(await tab.evaluate('document.querySelectorAll("main img, main script, main b").length'), 0);
      const heights = (await tab.evaluate(
        '[...document.querySelectorAll(".rows .row")].map((row) => row.getBoundingClientRect().height)',
      )) as number[];
      assert.deepEqual([...new Set(heights)], [28]);
      for (const box of ['.list', '.detail', 'main']) {
        const spills = await tab.evaluate(
          `(() => { const b = document.querySelector("${box}"); return b.scrollWidth > b.clientWidth; })()`,
        );
        assert.equal(spills, false, `${box} is wider than its place`);
      }
    });

    it('gives the story as NDJSON and as OTLP', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.failedOrder));
      await tab.waitForSelector('.menu a');
      const download = (as: string) =>
        tab.evaluate(
          `fetch([...document.querySelectorAll(".menu a")].find((a) => a.href.includes("as=${as}")).href).then((r) => r.text())`,
        ) as Promise<string>;
      const lines = (await download('ndjson')).trimEnd().split('\n');
      assert.equal(lines.length, stories.failedStory().length);
      assert.ok(lines.every((line) => typeof JSON.parse(line).type === 'string'));
      const otlp = (await download('otlp'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object);
      assert.deepEqual(
        otlp.map((line) => Object.keys(line)),
        [['resourceSpans'], ['resourceLogs']],
      );
    });

    it('opens the same in Kibana: data view, window, order and traces', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.failedOrder));
      await tab.waitForSelector('.row.error');
      const link = new URL(
        (await tab.evaluate(
          '[...document.querySelectorAll("a")].find((a) => a.innerText.includes("Kibana")).href',
        )) as string,
      );
      assert.equal(link.origin + link.pathname, `${kibanaUrl}/app/r`);
      assert.deepEqual([link.searchParams.get('l'), link.searchParams.get('v')], ['DISCOVER_APP_LOCATOR', '8.19.0']);
      const { dataViewSpec, timeRange, query } = JSON.parse(link.searchParams.get('p') ?? '');
      assert.deepEqual(dataViewSpec, { title: 'logs-*.otel-*,traces-*.otel-*', timeFieldName: '@timestamp' });
      assert.match(query.query, /^attributes\.order\.id: "ORD-PAGE-1" or trace_id: \("a+901" or "a+902"\)$/);
      assert.ok(timeRange.from < '2026-11-21T01:40:12.104Z' && timeRange.to > '2026-11-21T03:40:12.916Z');
    });

    it('copies the link, the order and a field’s value', async () => {
      const tab = await visitor();
      await tab.browserContext().overridePermissions(open().url, ['clipboard-read', 'clipboard-sanitized-write']);
      await tab.goto(open().storyUrl(stories.failedOrder));
      await tab.waitForSelector('.row.error');
      await tab.keyboard.press('n');
      await untilText(tab, '.detail', /messaging\.message\.id/);
      await tab.bringToFront();
      for (const [what, expected] of [
        ['link to this', tab.url()],
        ['order', stories.failedOrder],
        ['messaging.message.id', 'm-page-7'],
      ]) {
        await tab.click(`button[title="Copy ${what}"]`);
        await untilText(tab, '#said', new RegExp(`^Copied ${what}\\.$`));
        assert.equal(await tab.evaluate('navigator.clipboard.readText()'), expected);
      }
    });

    it('goes back from error to error, and keeps in its address what is folded, narrowed and shown', async () => {
      const tab = await visitor();
      await tab.goto(open().storyUrl(stories.failedOrder));
      await tab.waitForSelector('.row.error');
      for (const [key, said] of [
        ['n', /^Error 1 of 2/],
        ['n', /^Error 2 of 2/],
        ['p', /^Error 1 of 2/],
        ['p', /^Error 2 of 2/],
      ] as const) {
        await tab.keyboard.press(key);
        await untilText(tab, '#said', said);
      }
      const rows = () => tab.evaluate('document.querySelector("#rows").ariaRowCount');
      const told = await rows();
      await tab.keyboard.press('a');
      await tab.waitForFunction(`document.querySelector("#rows").ariaRowCount !== ${JSON.stringify(told)}`);
      await tab.keyboard.press('f');
      await tab.type('#find', 'mes');
      await tab.waitForFunction('location.search.includes("find=mes")');
      await tab.click('#find', { count: 3 });
      await tab.keyboard.press('Backspace');
      await tab.waitForFunction('!location.search.includes("find=")');
      await tab.focus('#rows');
      // The trace above that of the chosen row, of which a title is left, like of the other, whose three rows stay.
      for (const key of ['Home', 'ArrowLeft'] as const) await tab.keyboard.press(key);
      await tab.waitForFunction('document.querySelectorAll(".rows .row").length === 5');
      const elsewhere = await visitor();
      await elsewhere.goto(tab.url());
      await untilText(elsewhere, '.jump', /2 errors/);
      for (const place of ['.rows', '.tools', '.head']) {
        assert.equal(await textAt(elsewhere, place), await textAt(tab, place), place);
      }
    });

    describePageAccess(real, open);
    describePageSearch(real, open);
    describePageLive(real, open);
    describePageForAll(open);
  });
}
