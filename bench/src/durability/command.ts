import { parseArgs } from 'node:util';
import { readMachine } from '../preload/machine.js';
import { measureLoad } from './load.js';
import { soak } from './soak.js';

const usage = `Usage: npm run bench -- durability [--minutes <n>] [--rate <records/s>] [--soak] [--seed <n>]

Sends records to the real collector and Elasticsearch and reports how many a second were acknowledged, what the collector took, how long
a record needs from the call until it is found, and its bytes on disk. With --soak it plays faults in random order instead, with the
time-outs that users have, and reports whether everything acknowledged is there.

  --minutes <n>   how long to send, or to play faults (default 10)
  --rate <n>      records a second (default 1000)
  --soak          faults instead of figures
  --seed <n>      the order of the faults (default: a random one, which is said)
`;

/** @returns the exit code: 1 when something acknowledged is missing, unknown or doubled */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '1000' },
      soak: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const minutes = positive('minutes', values.minutes);
  const say = (line: string) => void process.stderr.write(`bench: ${line}\n`);
  if (values.soak) return soak({ minutes, seed: positive('seed', values.seed), say });
  const figures = await measureLoad({ minutes, rate: positive('rate', values.rate), say });
  process.stdout.write(`${readMachine()}\n\n${figures}`);
  return 0;
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new Error(`--${name} ${text}: expected a number above 0`);
}
