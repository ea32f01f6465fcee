import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, openRun, type Run } from '@hallmark/stack';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export type { Page };

/** A real Chromium, with visitors that know nothing of each other. */
export interface RealBrowser {
  /** A page in a browser profile of its own: no cookie of anybody else. What it complains about is in `complaints`. */
  visitor(width?: number, height?: number): Promise<Page>;
  /** Violations of the content policy, errors of scripts, requests that failed. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** On a machine that does other things too. */
const patienceMs = 30_000;

/** Starts Chromium over a pipe: it ends with the pipe, and with the run at the latest. */
export async function startBrowser(): Promise<RealBrowser> {
  const run = await openRun();
  try {
    const browser = await launch(run);
    const complaints: string[] = [];
    return {
      complaints,
      async visitor(width = 1_280, height = 800) {
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        page.setDefaultTimeout(patienceMs);
        await page.setViewport({ width, height });
        listenTo(page, complaints);
        return page;
      },
      async close() {
        await browser.close();
        await run.close();
      },
    };
  } catch (error) {
    await run.close();
    throw error;
  }
}

async function launch(run: Run): Promise<Browser> {
  const { command, env } = await findChromium({ run, env: process.env, onProgress: (line) => console.error(line) });
  return puppeteer.launch({
    executablePath: command,
    env: env as Record<string, string>,
    pipe: true,
    headless: true,
    userDataDir: await mkdtemp(join(run.folder, 'chromium-')),
    timeout: 60_000,
    // As root, and in most containers, there is no sandbox; only our own page is shown.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--no-first-run',
      '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
    ],
  });
}

function listenTo(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`script: ${error instanceof Error ? error.message : String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
      complaints.push(`console: ${message.text()} ${message.location().url ?? ''}`);
    }
  });
}

/** What a person could read at a place, or undefined where there is none. */
export async function textAt(page: Page, selector: string): Promise<string | undefined> {
  const text = await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText`);
  return text as string | undefined;
}

/** Waits until a text stands at a place. */
export async function untilText(page: Page, selector: string, pattern: RegExp): Promise<string> {
  await page
    .waitForFunction(`${pattern}.test(document.querySelector(${JSON.stringify(selector)})?.innerText ?? '')`, {
      timeout: patienceMs,
    })
    .catch(async (error) => {
      const shown = (await textAt(page, selector)) ?? `nothing, and the page: ${await textAt(page, 'body')}`;
      throw new Error(`${selector} never said ${pattern} at ${page.url()}; it says: ${shown.slice(0, 500)}`, {
        cause: error,
      });
    });
  return (await textAt(page, selector)) ?? '';
}
