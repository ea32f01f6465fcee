import { readFileSync } from 'node:fs';
import { type Page, startBrowser } from '@hallmark/lookup/browser';
import { startPage } from '@hallmark/lookup/page-server';

/** What was seen of the page in a real Chromium. */
export interface LookedAtPage {
  /** From the start of the navigation until the story's rows were painted. Unit: ms. */
  readonly paintsMs: readonly number[];
  /** How many spans the long story has. */
  readonly spans: number;
  /** Frames that were scrolled. */
  readonly frames: number;
  /** The longest task of the browser while it scrolled; 0 where none was over 50 ms, which is what browsers tell of. */
  readonly longestTaskMs: number;
  /** The most memory that the process which serves the page had. */
  readonly serverBytes: number;
}

export interface ToLookAt {
  /** LOOKUP_ELASTICSEARCH_URL and LOOKUP_JOURNAL_URL. */
  readonly environment: Readonly<Record<string, string>>;
  /** Orders whose stories are opened one after the other. */
  readonly orders: readonly string[];
  /** The order whose story is scrolled. */
  readonly longOrder: string;
  /** The start of the window in which they are looked for. */
  readonly from: Date;
}

const warmUps = 3;
/** Each is a bit more than a screen: the rows of every frame are new. */
const scrollPixels = 700;

export async function lookAtPage({ environment, orders, longOrder, from }: ToLookAt): Promise<LookedAtPage> {
  const browser = await startBrowser();
  const page = await startPage(environment);
  try {
    const tab = await browser.visitor();
    await tab.evaluateOnNewDocument(noteFirstRows);
    await tab.goto(page.link());
    await tab.waitForSelector('.start');
    const open = (order: string) => paintMs(tab, `${page.url}/?story=order:${order}&from=${from.toISOString()}`);
    const paintsMs: number[] = [];
    for (const [round, order] of orders.entries()) {
      const tookMs = await open(order);
      if (round >= warmUps) paintsMs.push(tookMs);
    }
    await open(longOrder);
    const spans = Number(await tab.evaluate('document.querySelector("#rows").ariaRowCount')) - 2;
    const { frames, longestTaskMs } = (await tab.evaluate(scrollThrough)) as { frames: number; longestTaskMs: number };
    if (browser.complaints.length > 0) throw new Error(`the browser complains: ${browser.complaints.join('; ')}`);
    return { paintsMs, spans, frames, longestTaskMs, serverBytes: peakBytes(page.pid) };
  } finally {
    await browser.close();
    await page.stop();
  }
}

async function paintMs(tab: Page, url: string): Promise<number> {
  await tab.goto(url);
  await tab.waitForFunction('window.rowsPaintedMs !== undefined');
  return Number(await tab.evaluate('window.rowsPaintedMs'));
}

/** In the page: the second frame after the first row is there begins when the first has been painted. */
const noteFirstRows = `
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('.rows .row')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.rowsPaintedMs = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
`;

/** In the page: from the top to the bottom and back, a screen a frame. */
const scrollThrough = `new Promise((resolve) => {
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  observer.observe({ type: 'longtask' });
  const box = document.querySelector('#rows');
  let [frames, step] = [0, ${scrollPixels}];
  const scroll = () => {
    const before = box.scrollTop;
    box.scrollTop += step;
    frames += 1;
    if (box.scrollTop === before && step > 0) step = -step;
    else if (box.scrollTop === before) {
      setTimeout(() => { observer.disconnect(); resolve({ frames, longestTaskMs }); }, 500);
      return;
    }
    requestAnimationFrame(scroll);
  };
  requestAnimationFrame(scroll);
})`;

/** VmHWM, the high-water mark of the resident set. */
function peakBytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
}
