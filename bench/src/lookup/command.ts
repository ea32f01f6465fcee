import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Stack } from '@hallmark/stack';
import { readMachine } from '../preload/machine.js';
import { keptData, startWith } from './kept-data.js';
import { ask } from './load.js';
import type { Looked, Task } from './looker.js';
import { beginFigures, endFigures, figuresOf } from './page.js';
import { pageRows } from './page-figures.js';
import { recordsPerOrder, services, spansPerOrder } from './records.js';
import { rowsOf } from './rows.js';

const pageFile = resolve(import.meta.dirname, '../../../docs/lookup.md');
const looker = resolve(import.meta.dirname, 'looker.js');
/** What support types: words of a rare failure, words that stand everywhere, and a level of one service. */
const queries = [
  'kiln overheated',
  '"mesh was open"',
  'ring confirmed',
  'level:error service:mes-api',
  'price retried -operator',
];

const usage = `Usage: npm run bench -- lookup [--orders <n>] [--rounds <n>] [--seed <n>] [--heap <size>] [--write]

Stores orders in the real Elasticsearch (${recordsPerOrder} records and ${spansPerOrder} spans each, 25,000 of them unless told: 5 million records
and 1 million spans) and measures the look-up's core on them, and the page in Chromium. The data is made once for each seed and
number, which takes about ten minutes, and kept in the cache folder (0.8 GB).

  --orders <n>    how many orders (default 25000)
  --rounds <n>    how many stories, a fifth of it for each search (default 100)
  --seed <n>      of the generator (default 1)
  --heap <size>   Elasticsearch's heap (default 1g)
  --write         puts the figures into docs/lookup.md
`;

/** @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string', default: '25000' },
      rounds: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      heap: { type: 'string', default: '1g' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [orders, rounds, seed] = [
    wholeNumber('orders', values.orders),
    wholeNumber('rounds', values.rounds),
    wholeNumber('seed', values.seed),
  ];
  const context = { heap: values.heap, say: (line: string) => void process.stderr.write(`bench: ${line}\n`) };
  const data = await keptData({ seed, orders }, context);
  const stack = await startWith(data, context);
  try {
    context.say(`${rounds} stories and ${queries.length} searches`);
    const looked = await look(stack, orders, rounds);
    context.say(`${rounds} stories on the page, in Chromium`);
    const onPage = await pageRows(stack, orders, rounds, context.say);
    const figures = figuresOf({
      machine: readMachine(),
      heap: values.heap,
      orders,
      records: orders * recordsPerOrder,
      spans: orders * spansPerOrder,
      bytes: await storedBytes(stack),
      rows: [...rowsOf(looked, recordsPerOrder + spansPerOrder, services.length), ...onPage],
    });
    process.stdout.write(figures);
    if (values.write) await keep(figures);
    return 0;
  } finally {
    await stack.stop();
  }
}

async function look(stack: Stack, orders: number, rounds: number): Promise<Looked> {
  const task: Task = {
    elasticsearch: stack.env.LOOKUP_ELASTICSEARCH_URL ?? '',
    journal: stack.env.LOOKUP_JOURNAL_URL ?? '',
    orders,
    rounds,
    queries,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [looker], {
    env: { ...process.env, LOOKUP_BENCH_TASK: JSON.stringify(task) },
  });
  return JSON.parse(stdout) as Looked;
}

async function storedBytes(stack: Stack): Promise<number> {
  const path = '/logs-*.otel-default,traces-*.otel-default/_stats/store?filter_path=_all.primaries.store.size_in_bytes';
  const stats = (await ask(stack.env.ELASTICSEARCH_URL ?? '', 'GET', path)) as {
    _all: { primaries: { store: { size_in_bytes: number } } };
  };
  return stats._all.primaries.store.size_in_bytes;
}

function wholeNumber(option: string, text: string): number {
  const number = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new Error(`--${option} '${text}' is no whole number from 1 to 9999999`);
  return number;
}

async function keep(figures: string): Promise<void> {
  const page = await readFile(pageFile, 'utf8');
  const [start, end] = [page.indexOf(beginFigures), page.indexOf(endFigures)];
  if (start < 0 || end < start)
    throw new Error(`${pageFile}: the lines '${beginFigures}' and '${endFigures}' are missing`);
  await writeFile(pageFile, page.slice(0, start) + figures + page.slice(end + endFigures.length + 1));
}
