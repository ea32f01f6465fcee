import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { listenForEnd } from '@hallmark/stack';
import { drawChart } from './chart.js';
import { readMachine } from './machine.js';
import { writePage } from './page.js';
import { fullPlan, measure, quickPlan } from './run.js';
import { chooseVariants, root, variants } from './variants.js';

const usage = `Usage: npm run bench -- preload [--quick] [--rounds <n>] [--variant <id>]...

Measures what the preload costs in a service beside bare Node and other distributions, interleaved in one run: start-up, memory,
CPU time for a request, telemetry delivered, delay at the end. Installs the others into the cache, starts PostgreSQL and RabbitMQ.
Writes docs/overhead.md and docs/overhead.svg; a variant whose telemetry doesn't arrive gets no figures.

  --quick          few rounds, bare Node and the preload only, no servers; prints the page and writes nothing
  --rounds <n>     rounds under load (default ${fullPlan.loadRounds}); start-ups take twice as many
  --variant <id>   only these beside bare Node, and nothing is written: ${variants.map(({ id }) => id).join(', ')}
`;

/** @returns the exit code: 0 also when a variant was refused, since the page says so; 2 for a wrong command line */
export async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'number') return options;
  const ending = listenForEnd();
  const onProgress = (line: string) => void process.stderr.write(`bench: ${line}\n`);
  const outcome = await measure(options.plan, { signal: ending.signal, onProgress }).finally(ending.release);
  const machine = readMachine();
  const page = writePage({ ...options.plan, ...outcome, machine });
  process.stdout.write(page);
  if (options.writes) {
    await keep(join(root, 'docs/overhead.md'), page);
    await keep(join(root, 'docs/overhead.svg'), drawChart(options.plan.variants, outcome.samples));
  }
  return 0;
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        variant: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    const { quick, rounds, variant } = values;
    const ids = variant ?? (quick ? ['hallmark'] : variants.map(({ id }) => id));
    const plan = { ...(quick ? quickPlan : fullPlan), ...readRounds(rounds), variants: chooseVariants(ids) };
    return { plan, writes: !quick && variant === undefined };
  } catch (error) {
    process.stderr.write(`npm run bench -- preload: ${(error as Error).message}\n${usage}`);
    return 2;
  }
}

function readRounds(rounds: string | undefined) {
  if (rounds === undefined) return {};
  if (!/^[1-9]\d{0,2}$/.test(rounds)) throw new Error(`--rounds takes a number from 1 to 999, not '${rounds}'`);
  return { loadRounds: Number(rounds), startRounds: 2 * Number(rounds), exitRounds: Math.min(3, Number(rounds)) };
}

async function keep(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
