import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Stack, StackError, serveLookupPage, startStack } from '@hallmark/stack';
import { type Company, checksOf, chooseServiceUrls, startCompany } from '../start-company.js';
import { printStory } from './print-story.js';
import { orderRings } from './rush.js';
import { keepOrdering } from './trickle.js';
import { waitForStory } from './whole-story.js';

const LAST_LINES = 5;
const STATE_FOLDER = fileURLToPath(new URL('../../../../.hallmark/', import.meta.url));
const ENV_FILE = join(STATE_FOLDER, 'stack.env');
const LOG_FOLDER = join(STATE_FOLDER, 'logs');

export interface DemoOptions {
  /** End after the story; otherwise customers keep coming until `ending` fires. */
  once: boolean;
  /** How many rings are ordered before the story. */
  orders: number;
  say: (line: string) => void;
  /** Fires when the demo is to end. */
  ending: AbortSignal;
}

/** Runs the demo and resolves to whether the story was whole. What it started is ended then. Throws when broken off before the story. */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const { say, ending } = options;
  const startedMs = Date.now();
  const partEnd = Promise.withResolvers<never>();
  // It may come before anybody waits for it.
  partEnd.promise.catch(() => undefined);
  const serviceUrls = await chooseServiceUrls();
  const stack = await startStack({
    onProgress: say,
    onPartEnd: (line) => partEnd.reject(new StackError(line)),
    envFile: ENV_FILE,
    checks: checksOf(serviceUrls),
    signal: ending,
  });
  const over = new AbortController();
  const runCompany = async () => {
    const company = await startCompany({
      run: stack.run,
      addresses: stack.env,
      logFolder: LOG_FOLDER,
      serviceUrls,
      onProgress: say,
    });
    say(`everything is up after ${secondsSince(startedMs)} s`);
    const untilOver = { ...options, ending: AbortSignal.any([ending, over.signal]) };
    return Promise.race([play(untilOver, stack, company), firstEnd(company)]);
  };
  try {
    return await Promise.race([runCompany(), partEnd.promise]);
  } finally {
    // Customers must not go on visiting a shop that is being closed.
    over.abort(new StackError('the demo is over'));
    say('ending everything');
    await stack.stop();
    say(`ended after ${secondsSince(startedMs)} s`);
  }
}

async function play({ once, orders, say, ending }: DemoOptions, stack: Stack, company: Company): Promise<boolean> {
  const orderId = await unlessEnded(ending, orderRings(company, orders, say).catch(failedOrder));
  say(`looking up order ${orderId}`);
  const look = waitForStory(stack.env.LOOKUP_ELASTICSEARCH_URL ?? '', orderId);
  const { story, missing } = await unlessEnded(ending, look);
  if (story.verdict !== 'empty') printStory(story);
  else say(`the log store has nothing of order ${orderId}; the services' logs: ${LOG_FOLDER}`);
  for (const piece of missing) say(`missing in the story of order ${orderId}: ${piece}`);
  if (once) return missing.length === 0;
  const lookupUrl = await unlessEnded(ending, serveLookupPage(stack, ENV_FILE));
  const { shop, crm, mes } = company.urls;
  printAddresses({ ...stack.env, SHOP_URL: shop, CRM_URL: crm, MES_URL: mes, LOOKUP_URL: lookupUrl });
  say(`the look-up page: ${lookupUrl} (opens one browser; the next link: LOOKUP_URL in .hallmark/stack.env)`);
  say(`the shop is open at ${company.urls.shop}; customers keep coming; Ctrl-C ends everything`);
  await keepOrdering(company, ending, say);
  return true;
}

function failedOrder(error: unknown): never {
  const { message = String(error), cause } = error as Partial<Error>;
  const why = cause instanceof Error ? `${message} (${cause.message})` : message;
  throw new StackError(`${why}; the services' logs: ${LOG_FOLDER}`);
}

function printAddresses(addresses: Readonly<Record<string, string>>): void {
  const lines = Object.entries(addresses).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(`\n${lines.join('')}`);
}

/** A service that ends by itself ends the demo: what follows would be no story. */
async function firstEnd({ services }: Company): Promise<never> {
  const ends = Object.values(services).map((service) => service.ended.then((end) => ({ ...end, service })));
  const { service, code, signal } = await Promise.race(ends);
  const how = signal ?? `exit code ${code}`;
  const log = await readFile(service.logFile, 'utf8').catch(() => '');
  const lastLines = log.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  throw new StackError(
    `${service.name} ended by itself (${how}); the end of its log ${service.logFile}:\n${lastLines}`,
  );
}

function unlessEnded<T>(ending: AbortSignal, work: Promise<T>): Promise<T> {
  const ended = new Promise<never>((_resolve, reject) => {
    const end = () => reject(ending.reason);
    if (ending.aborted) end();
    else ending.addEventListener('abort', end, { once: true });
  });
  return Promise.race([work, ended]);
}

function secondsSince(startedMs: number): number {
  return Math.round((Date.now() - startedMs) / 1000);
}
