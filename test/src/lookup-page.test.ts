import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findStory, summarise } from '@hallmark/lookup';
import { type RealBrowser, startBrowser, textAt, untilText } from '@hallmark/lookup/browser';
import { type RunningPage, startPage } from '@hallmark/lookup/page-server';
import { serveLookupPage } from '@hallmark/stack';
import { placeOrder, waitForStatus } from 'customers';
import { eventually } from './eventually.js';
import { theWorld, type World, worldStartMs } from './world.js';

const picture = resolve(import.meta.dirname, '../../docs/lookup-page.png');
const mostBytes = 300 * 1_024;

// HALLMARK_PICTURES=1 npm test -- --grep 'picture of the page' test   takes the picture anew.
const isWanted = process.env.HALLMARK_PICTURES === '1';

describe("the README's picture of the page", function () {
  this.timeout(worldStartMs);
  let world: World;
  let browser: RealBrowser;
  let page: RunningPage;

  before(async () => {
    world = await theWorld();
    browser = await startBrowser();
    page = await startPage({
      LOOKUP_ELASTICSEARCH_URL: world.stack.env.LOOKUP_ELASTICSEARCH_URL ?? '',
      LOOKUP_JOURNAL_URL: world.stack.env.LOOKUP_JOURNAL_URL ?? '',
    });
  });
  after(async () => {
    await browser?.close();
    await page?.stop();
  });

  it('is of the page as it is now, with an order whose model has a hole', async () => {
    const placed = await placeOrder(world.company.urls, { seed: 301, triangles: 9_000, fault: 'open mesh' });
    await waitForStatus(placed, 'calculation_failed');
    const { orderId } = placed;
    await eventually(async () => {
      const story = await findStory(world.client, { orderId });
      assert.equal(story.verdict, 'whole', JSON.stringify(story.gaps));
      assert.equal(summarise(story).services.length, 5);
    }, 60_000);

    const tab = await browser.visitor(1_280, 800);
    await tab.goto(page.link());
    await tab.waitForSelector('.start');
    await tab.type('#q', orderId);
    await tab.keyboard.press('Enter');
    await untilText(tab, '.head', /Whole/);
    await tab.keyboard.press('u');
    await tab.keyboard.press('n');
    await tab.keyboard.press('n');
    await untilText(tab, '.detail', /calculation.failed/);
    for (const service of ['internet-shop', 'shop-api', '3d-file-storage', 'crm-api', 'mes-api']) {
      assert.ok((await textAt(tab, '.services'))?.includes(service), service);
    }
    assert.match((await textAt(tab, '.rows')) ?? '', /← mes\.orders/);
    assert.match((await textAt(tab, '.detail')) ?? '', /OpenMeshError|mesh/);
    // Paths of the machine on which it is taken are nobody's business.
    await tab.click('.stack summary');
    const shot = await tab.screenshot({ type: 'png' });
    assert.ok(shot.length < mostBytes, `${shot.length} bytes`);
    if (isWanted) await writeFile(picture, shot);
    assert.deepEqual(browser.complaints, []);
  });

  it('is as large as the README may have it', () => {
    const png = readFileSync(picture);
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1_280, 800]);
    assert.ok(png.length < mostBytes, `${png.length} bytes`);
  });
});

describe('the page beside a stack', function () {
  this.timeout(worldStartMs);

  it('is opened by LOOKUP_URL of the environment file, which always has a link that nobody has used', async () => {
    const { stack } = await theWorld();
    const folder = await mkdtemp(join(tmpdir(), 'lookup-page-'));
    try {
      const file = join(folder, 'stack.env');
      const link = await serveLookupPage(stack, file);
      const inFile = () => /^LOOKUP_URL=(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
      assert.equal(inFile(), link);
      assert.match(readFileSync(file, 'utf8'), /^LOOKUP_ELASTICSEARCH_URL=/m);
      assert.equal((await fetch(link)).status, 200);
      assert.equal((await fetch(link)).status, 403);
      await eventually(() => assert.notEqual(inFile(), link));
      const second = inFile();
      assert.equal((await fetch(second ?? '')).status, 200);
      // Each link that is used is replaced in the file, which must not be written while its folder is removed.
      await eventually(() => assert.notEqual(inFile(), second));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
