import { parseArgs } from 'node:util';
import { listenForEnd, StackError } from '@hallmark/stack';
import { runDemo } from './demo/run.js';

const DEFAULT_ORDERS = 4;
const MAX_ORDERS = 1_000;
const USAGE_EXIT_CODE = 64;
const INTERRUPTED_EXIT_CODE = 130;

const help = `usage: npm run demo [-- options]

Starts Elasticsearch, the collector, PostgreSQL, RabbitMQ, an S3 server and a jewellery company of seven services, lets customers order rings,
and prints the story of the last completed order. Then customers keep coming until Ctrl-C, which ends and deletes everything.

options:
  --once       end after the story; exit code 0 only if the story is whole, 1 if a piece is missing
  --orders N   how many rings are ordered before the story, 1 to ${MAX_ORDERS}; default ${DEFAULT_ORDERS}. One more has a model that can't be priced.
  --help       this text

Progress is printed on standard error, the story and the addresses on standard output. The services' logs: .hallmark/logs/.
`;

const say = (line: string) => console.error(line);

// A reader that has seen enough (head) closes the pipe; everything that was started must still be ended in order.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const options = readOptions();
  if (options) await runUntilEnded(options);
} catch (error) {
  const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') || error instanceof RangeError;
  if (isUsage) say(`demo: ${(error as Error).message}; npm run demo -- --help lists the options`);
  else if (error instanceof StackError) say(`demo: ${error.message}`);
  else say(`demo: ${(error as Error).stack ?? error}`);
  process.exitCode = isUsage ? USAGE_EXIT_CODE : 1;
}

function readOptions(): { once: boolean; orders: number } | undefined {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      orders: { type: 'string', default: String(DEFAULT_ORDERS) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return undefined;
  }
  const orders = Number(values.orders);
  if (!Number.isInteger(orders) || orders < 1 || orders > MAX_ORDERS) {
    throw new RangeError(`--orders is '${values.orders}', it must be a whole number from 1 to ${MAX_ORDERS}`);
  }
  return { once: values.once, orders };
}

async function runUntilEnded(options: { once: boolean; orders: number }): Promise<void> {
  const ending = listenForEnd();
  try {
    const isWhole = await runDemo({ ...options, say, ending: ending.signal });
    if (!isWhole) process.exitCode = 1;
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    say(`${await ending.reason}: broken off, everything is ended`);
    process.exitCode = INTERRUPTED_EXIT_CODE;
  } finally {
    ending.release();
  }
}
