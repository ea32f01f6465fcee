// Entry of `npm run catalogue`.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { CannotLook, describeFailure, whereToLook } from '@hallmark/lookup';
import { listenForEnd, StackError } from '@hallmark/stack';
import { CATALOGUE_FILE, readCatalogue, WrongCatalogue } from './catalogue.js';
import { writeGenerated } from './generate.js';
import { type Answer, lookOnce, runCatalogue } from './run.js';
import { faultsOf, type RushReport, runRush } from './rush/run.js';
import { isComplete, tableLines } from './table.js';

const USAGE_EXIT_CODE = 64;
const DEFAULT_CHECK_MINUTES = 60;
const MAX_CHECK_MINUTES = 60 * 24 * 30;
const MAX_RUSH = 100_000;
const MOST_FAULTS_TOLD = 20;

const help = `usage: npm run catalogue [-- options]

Runs the company on the real parts for a minute and prints, row by row, which events of docs/event-catalogue.yaml are found in
Elasticsearch, how many, what is missing, and the command that shows an example; then which service sends an attribute with another
type than docs/attributes.md declares. Exit code 0 only if every row is found; those of the log store may wait.

options:
  --json           the same as JSON: { rows, types }
  --keep           go on until Ctrl-C after the table, so that examples can be looked up
  --check FILE     start nothing: look for the rows of this catalogue in the store that npm run lookup would ask
  --minutes N      with --check: how far to look back, 1 to ${MAX_CHECK_MINUTES}; default ${DEFAULT_CHECK_MINUTES}
  --rush N         instead: N orders by 20 customers at once, 1 to ${MAX_RUSH}, while calculation, queue, database and file store
                   fail one after the other. Exit code 0 only if every story is whole, every line that a service printed about an
                   order is stored once, and one search finds each failure
  --generate       only write again what is made from catalogue/attributes.yaml
  --help           this text
`;

const say = (line: string) => console.error(line);

try {
  await main();
} catch (error) {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') || error instanceof RangeError;
  const isKnown =
    isUsage || error instanceof StackError || error instanceof CannotLook || error instanceof WrongCatalogue;
  const text = isKnown || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack;
  say(`catalogue: ${text}${isUsage ? '; npm run catalogue -- --help lists the options' : ''}`);
  process.exitCode = isUsage ? USAGE_EXIT_CODE : 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      check: { type: 'string' },
      minutes: { type: 'string', default: String(DEFAULT_CHECK_MINUTES) },
      rush: { type: 'string' },
      generate: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  if (values.generate) {
    for (const path of writeGenerated()) say(`written: ${path}`);
    return;
  }
  if (values.check !== undefined)
    return print(await check(values.check, wholeNumber('--minutes', values.minutes, MAX_CHECK_MINUTES)), values.json);
  const ending = listenForEnd();
  try {
    if (values.rush !== undefined) {
      const orders = wholeNumber('--rush', values.rush, MAX_RUSH);
      return printRush(await runRush({ orders, say, ending: ending.signal }), values.json);
    }
    await runCatalogue({
      rows: readCatalogue(CATALOGUE_FILE),
      say,
      ending: ending.signal,
      show: async (answer) => {
        print(answer, values.json);
        if (!values.keep) return;
        say('everything goes on until Ctrl-C');
        if (!ending.signal.aborted) await once(ending.signal, 'abort');
      },
    });
  } finally {
    ending.release();
  }
}

async function check(file: string, minutes: number): Promise<Answer> {
  const rows = readCatalogue(file);
  const { elasticsearch: url } = whereToLook(process.env, process.cwd());
  return lookOnce(url, rows, new Date(Date.now() - minutes * 60_000)).catch((error: unknown) => {
    throw new CannotLook(describeFailure(error, url));
  });
}

function wholeNumber(option: string, text: string, largest: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= largest) return number;
  throw new RangeError(`${option} is '${text}', it must be a whole number from 1 to ${largest}`);
}

function printRush(report: RushReport, asJson: boolean): void {
  const faults = faultsOf(report);
  if (faults.length > 0) process.exitCode = 1;
  if (asJson) return void process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const found = Object.entries(report.found).map(([failure, count]) => `${failure} ${count}`);
  const lines = [
    `${report.orders} orders, ${report.ordersPerSecond} a second, ${report.refused} refused while something failed`,
    `${report.orders - report.incomplete.length} stories are whole, ${report.incomplete.length} are not`,
    `${report.lines} lines about orders, ${report.differences.length} not stored exactly once`,
    `found by one search each: ${found.join(', ')}`,
    ...faults.slice(0, MOST_FAULTS_TOLD).map((fault) => `✗ ${fault}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function print({ findings, types }: Answer, asJson: boolean): void {
  const text = asJson ? JSON.stringify({ rows: findings, types }, null, 2) : tableLines(findings, types).join('\n');
  process.stdout.write(`${text}\n`);
  if (!isComplete(findings)) process.exitCode = 1;
}
