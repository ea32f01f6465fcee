// Entry of `npm test`: runs every room's compiled tests in one mocha run and ends with 'N passed, N failed'.
import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fillCache } from '@hallmark/stack';
import Mocha from 'mocha';
import { endWorld } from './world.js';

const root = resolve(import.meta.dirname, '../..');
const rooms = [
  'instrumentation',
  'collector',
  'elasticsearch',
  'stack',
  'lookup',
  'privacy',
  'bench',
  'catalogue',
  'demo-services',
  'test',
];
/** Tests with real parts wait for conditions; this is the bound after which such a wait is a failure. */
const timeoutMs = 60_000;

const usage = `Usage: npm test [-- [--grep <words>] [room ...]]

Runs every test, or those of the rooms named: ${rooms.join(', ')}.
Sets up what is missing first. The last line is 'N passed, N failed'; the exit code is 0 only when none failed.

  npm test
  npm test -- lookup
  npm test -- --grep 'dead letter' test
`;

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`npm test: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { grep: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const mocha = new Mocha({ timeout: timeoutMs, forbidOnly: true, ...(values.grep ? { grep: values.grep } : {}) });
  for (const file of testFiles(positionals)) mocha.addFile(file);
  await mocha.loadFilesAsync();
  // What is fetched and built once must not count as a test's time.
  await fillCache({ browser: true, onProgress: (line) => process.stderr.write(`${line}\n`) });
  const stats = await new Promise<Mocha.Stats>((done) => {
    const runner = mocha.run(() => runner.stats && done(runner.stats));
  }).finally(endWorld);
  // A skipped test proves nothing: it counts as one that failed.
  const failed = stats.failures + stats.pending;
  process.stdout.write(`\n${stats.passes} passed, ${failed} failed\n`);
  return failed > 0 || stats.passes === 0 ? 1 : 0;
}

function testFiles(wanted: readonly string[]): string[] {
  const unknown = wanted.find((room) => !rooms.includes(room));
  if (unknown) throw new Error(`there is no room '${unknown}'; the rooms are: ${rooms.join(', ')}`);
  const files: string[] = [];
  for (const room of wanted.length > 0 ? wanted : rooms) {
    const pattern = room === 'demo-services' ? 'demo-services/*/dist/**/*.test.js' : `${room}/dist/**/*.test.js`;
    files.push(...globSync(pattern, { cwd: root }).map((file) => join(root, file)));
  }
  return files.filter((file) => hasSource(file)).sort();
}

/** A compiled test whose source is gone (a renamed file) is not run. */
function hasSource(compiled: string): boolean {
  return existsSync(compiled.replace('/dist/', '/src/').replace(/\.js$/, '.ts'));
}
