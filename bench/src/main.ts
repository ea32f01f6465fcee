// Entry of `npm run bench`: which bench is run is the first word.
import { StackError } from '@hallmark/stack';

const benches: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<number> }>>> = {
  durability: () => import('./durability/command.js'),
  preload: () => import('./preload/command.js'),
  privacy: () => import('./privacy/command.js'),
  lookup: () => import('./lookup/command.js'),
};

const usage = `Usage: npm run bench -- <bench> [options]

  durability  records a second through the collector, its cost, the time until a record is found; --soak plays faults
  preload     what the preload costs in a service, beside bare Node and other distributions, in one run
  privacy     what is left of planted personal values, what it costs, and other recognisers beside it
  lookup      how long a look-up takes among 5 million records and 1 million spans, and its memory

'npm run bench -- <bench> --help' tells its options. Results on standard output, progress on standard error.
`;

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (name === '--help' || name === '-h') {
  process.stdout.write(usage);
} else if (bench === undefined) {
  process.stderr.write(`npm run bench: there is no bench '${name}'\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await (await bench()).run(args);
  } catch (error) {
    const expected = error instanceof StackError || !(error instanceof TypeError);
    process.stderr.write(`npm run bench: ${expected ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
