import { parseArgs } from 'node:util';
import { type Stack, startStack } from '@hallmark/stack';
import { readMachine } from '../preload/machine.js';
import { drainBacklog } from './backlog.js';
import { diskTable, measureDisk } from './disk.js';
import { type Held, hold, holdTable } from './hold.js';
import { type Latencies, latencyTable, measureLatency } from './latency.js';
import { soak } from './soak.js';
import { ourTarget, stockTarget, type Target } from './targets.js';

const parts = ['latency', 'hold', 'disk'] as const;

const usage = `Usage: npm run bench -- durability [latency | hold | disk …] [--minutes <n>] [--stock-minutes <n>] [--rate <n>] [--looks <n>]
       npm run bench -- durability --backlog <GB>
       npm run bench -- durability --soak [--minutes <n>] [--fault <words> --hold <minutes>] [--seed <n>]

Measures the way from a log call to the index on the real collector and Elasticsearch, beside a stock collector (receiver and
Elasticsearch exporter, with a longer queue) in the same run. Without words all three parts:

  latency   from the log call of a service under the preload until a search finds the record, with the defaults
  hold      a rate held: records a second acknowledged and searchable, CPU and memory of the collector and its relay
  disk      bytes a record on disk, in standard and in logsdb mode; needs what 'hold' has stored

  --minutes <n>        how long the rate is held (default 10), or faults are played
  --stock-minutes <n>  how long by the stock collector (default 1)
  --rate <n>           records a second that are offered (default 10000)
  --looks <n>          records that 'latency' looks for, by each (default 200)
  --backlog <GB>       fills the queue with so much while Elasticsearch is away, and sees it drain while 200 records a second come
  --soak               plays faults with the time-outs that users have, and reports whether everything acknowledged is there
  --fault <words>      only the faults with these words in their name, each once; an unknown one lists the names
  --hold <n>           minutes that an outage lasts (default 1)
  --seed <n>           the order of the faults (default: a random one, which is said)
`;

/** Enough that nothing is refused while Elasticsearch is slower than what is offered. Unit: bytes. */
const queueSize = '12000000000';
const diskRecords = 200_000;

/** @returns the exit code: 1 when something acknowledged is missing, unknown or doubled */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '10' },
      'stock-minutes': { type: 'string', default: '1' },
      rate: { type: 'string', default: '10000' },
      looks: { type: 'string', default: '200' },
      backlog: { type: 'string' },
      soak: { type: 'boolean', default: false },
      fault: { type: 'string' },
      hold: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const say = (line: string) => void process.stderr.write(`bench: ${line}\n`);
  const minutes = positive('minutes', values.minutes);
  if (values.soak) {
    const holdMinutes = positive('hold', values.hold);
    return soak({ minutes, fault: values.fault, holdMinutes, seed: positive('seed', values.seed), say });
  }
  if (values.backlog !== undefined) return drainBacklog({ bytes: positive('backlog', values.backlog) * 1e9, say });
  const unknown = positionals.find((word) => !parts.some((part) => part === word));
  if (unknown !== undefined) throw new Error(`there is no part '${unknown}'; the parts are: ${parts.join(', ')}`);
  const wanted = new Set(positionals.length === 0 ? parts : positionals);
  process.stdout.write(`${readMachine()}\n`);
  const figures = {
    minutes,
    stockMinutes: positive('stock-minutes', values['stock-minutes']),
    rate: positive('rate', values.rate),
    looks: positive('looks', values.looks),
  };
  const stack = await startStack({
    parts: ['elasticsearch', 'collector'],
    onProgress: say,
    collectorEnvironment: async (given) => ({ ...given, QUEUE_SIZE: queueSize }),
  });
  try {
    await measure(stack, wanted, figures, say);
  } finally {
    await stack.stop();
  }
  return 0;
}

interface Figures {
  readonly minutes: number;
  readonly stockMinutes: number;
  readonly rate: number;
  readonly looks: number;
}

async function measure(
  stack: Stack,
  wanted: ReadonlySet<string>,
  figures: Figures,
  say: (line: string) => void,
): Promise<void> {
  const admin = stack.env.ELASTICSEARCH_URL ?? '';
  const latencies: Latencies[] = [];
  const held: Held[] = [];
  const withEach = async (work: (target: Target, minutes: number) => Promise<void>) => {
    const stock = await stockTarget(stack);
    await work(stock, figures.stockMinutes).finally(() => stock.stop());
    await work(await ourTarget(stack), figures.minutes);
  };
  if (wanted.has('latency')) {
    await withEach(async (target) => {
      say(`latency, ${target.title}`);
      latencies.push(await measureLatency(target, admin, figures.looks));
    });
    process.stdout.write(`\n${latencyTable(latencies)}`);
  }
  if (wanted.has('hold')) {
    await withEach(async (target, minutes) => {
      say(`${figures.rate} records/s for ${minutes} min, ${target.title}`);
      held.push(await hold({ target, admin, minutes, rate: figures.rate, say }));
    });
    process.stdout.write(`\n${holdTable(held)}`);
  }
  if (wanted.has('disk')) {
    say('bytes on disk');
    process.stdout.write(`\n${diskTable(await measureDisk(admin, 'logs-shop_api.otel-default', diskRecords))}`);
  }
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`--${name} ${text}: expected a number above 0`);
}
