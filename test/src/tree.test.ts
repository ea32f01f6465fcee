import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const largestFileLines = 400;
const medianFileLines = 100;

describe('the tree', () => {
  it('passes the formatter and the linter without a warning', () => {
    const { status, stdout, stderr } = spawnSync('biome', ['ci', '--colors=off', '--error-on-warnings', '.'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout + stderr);
  });

  it(`has no source file over ${largestFileLines} lines and a median of at most ${medianFileLines}`, () => {
    const sizes = sources().map((file) => ({
      file,
      lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1,
    }));
    const tooLarge = sizes.filter(({ lines }) => lines > largestFileLines);
    assert.deepEqual(tooLarge, []);
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    assert.ok(median !== undefined && median <= medianFileLines, `the median is ${median} lines`);
  });

  it('names no registry host in the lock file', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const packages: [string, { resolved?: string }][] = Object.entries(lock.packages);
    const resolvedElsewhere = packages.filter(([, { resolved }]) => resolved?.startsWith('http'));
    assert.deepEqual(resolvedElsewhere, []);
  });

  it('runs in CI what the README tells to run', () => {
    const command = 'npm test';
    assert.match(readFileSync(join(root, 'README.md'), 'utf8'), new RegExp(`^\\s*${command}\\b`, 'm'));
    const lines = readFileSync(join(root, '.ci/run'), 'utf8').split('\n');
    const commands = lines.filter((line) => line.trim() !== '' && !line.startsWith('#') && !/^(set|cd) /.test(line));
    assert.deepEqual(commands, [command]);
  });
});

function sources(): string[] {
  const tracked = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx', '*.css', '*.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  return tracked.split('\0').filter((file) => file !== '');
}
