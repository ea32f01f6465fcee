import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { room } from '../testing/run-service.js';
import { parseAsk } from './parse.js';

describe('hallmark-ask', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hallmark-ask-'));
    file = join(folder, 'live.yaml');
  });
  after(() => rmSync(folder, { recursive: true }));

  function ask(...args: string[]) {
    const env = { ...process.env, HALLMARK_LIVE_FILE: file };
    return spawnSync(process.execPath, [`${room}dist/hallmark-ask.cjs`, ...args], { env, encoding: 'utf8' });
  }

  it('writes a file that a service obeys, readable by its user alone, and takes it away', () => {
    const { status, stdout, stderr } = ask(
      '--level',
      'debug',
      '--logger',
      'orders',
      '--sampling',
      '0.5',
      '--for',
      '10m',
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^asked for 10m; /);
    const expected = { level: 'debug', logger: 'orders', sampling: 0.5, forMs: 600_000 };
    assert.deepEqual(parseAsk(readFileSync(file, 'utf8')), expected);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['live.yaml']);
    assert.equal(ask('--show').stdout, readFileSync(file, 'utf8'));
    assert.equal(ask('--stop').status, 0);
    assert.ok(!existsSync(file));
  });

  it('refuses what a service would ignore, with what would be right, and writes nothing', () => {
    const refused: readonly [string[], RegExp][] = [
      [['--level', 'loud', '--for', '1m'], /level is "loud", and should be one of .*debug/],
      [['--level', 'debug'], /for is missing: a time from 1s to 24h, as 30s, 10m or 2h/],
      [['--level', 'debug', '--for', '2d'], /for is "2d"/],
      [['--sampling', 'all', '--for', '1m'], /sampling is "all", and should be a number from 0 to 1/],
      [['--for', '1m'], /it asks for nothing: level or sampling/],
      [['--loud'], /Unknown option '--loud'/],
      [['--stop'], /^hallmark-ask: there is no file \S+live\.yaml: nothing is asked for by it\n$/],
      [['--show'], /^hallmark-ask: there is no file \S+live\.yaml: nothing is asked for by it\n$/],
      [['--stop', '--file', '/nowhere/live.yaml'], /there is no folder \/nowhere: make it, or name another file/],
      [['--level', 'debug', '--for', '1m', '--file', '/nowhere/a'], /there is no folder \/nowhere: make it/],
      [['--level', 'debug', '--for', '1m', '--file', folder], /is a folder: name a file in it/],
    ];
    for (const [args, line] of refused) {
      const { status, stderr } = ask(...args);
      assert.equal(status, 2);
      assert.match(stderr, line);
      assert.match(stderr, /^hallmark-ask: [^\n]+\n$/);
    }
    assert.ok(!existsSync(file));
  });

  it('is what the README shows, and so is its file', () => {
    const readme = readFileSync(`${room}README.md`, 'utf8');
    const [, shown = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
    assert.deepEqual(parseAsk(shown), { level: 'debug', logger: 'orders', sampling: 1, forMs: 600_000 });
    for (const [, line = ''] of readme.matchAll(/`npx hallmark-ask ([^`]+)`/g)) {
      assert.equal(ask(...line.split(' ')).status, 0, line);
    }
    assert.ok(!existsSync(file));
  });

  it('tells how it is used', () => {
    const { stdout, status } = ask('--help');
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: hallmark-ask --for <time>/);
  });
});
