import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../wait.js';
import { cached } from './cached.js';
import { cacheFolder } from './folder.js';

describe('the cache', () => {
  let folder: string;
  let said: string[];
  const options = () => ({ env: { HALLMARK_CACHE: folder }, onProgress: (line: string) => void said.push(line) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cache-test-'));
    said = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes an entry once, also for two who want it at the same time', async () => {
    let made = 0;
    const make = async (path: string) => {
      made += 1;
      await waitUntil(() => said.length > 0, { timeoutMs: 2_000 });
      await writeFile(path, 'content');
    };
    const paths = await Promise.all([cached('thing-1.0', options(), make), cached('thing-1.0', options(), make)]);
    assert.deepEqual(paths, [join(folder, 'thing-1.0'), join(folder, 'thing-1.0')]);
    assert.equal(made, 1);
    assert.match(said[0] ?? '', /thing-1\.0: waiting for process \d+/);
    assert.deepEqual(readdirSync(folder), ['thing-1.0']);
  });

  it('keeps nothing of an entry that failed, and makes it the next time', async () => {
    const failing = cached('thing-1.0', options(), async (path) => {
      mkdirSync(path);
      writeFileSync(join(path, 'half'), '');
      throw new Error('broken');
    });
    await assert.rejects(failing, /broken/);
    assert.deepEqual(readdirSync(folder), []);
    await cached('thing-1.0', options(), (path) => writeFile(path, 'whole'));
    assert.equal(readFileSync(join(folder, 'thing-1.0'), 'utf8'), 'whole');
  });

  it('takes over the lock of a dead process and removes what it left', async () => {
    writeFileSync(join(folder, 'thing-1.0.lock'), JSON.stringify({ pid: process.pid, startTime: '1' }));
    writeFileSync(join(folder, 'thing-1.0.4711.partial'), 'half');
    await cached('thing-1.0', options(), (path) => writeFile(path, 'whole'));
    assert.deepEqual(readdirSync(folder), ['thing-1.0']);
  });

  it('says which folder can not be written and what to set', async () => {
    writeFileSync(join(folder, 'file'), '');
    const env = { HALLMARK_CACHE: join(folder, 'file', 'below') };
    await assert.rejects(
      cached('thing', { ...options(), env }, async () => undefined),
      {
        message: /^the cache folder .*below can't be written .*: set HALLMARK_CACHE to a folder that can$/,
      },
    );
    assert.ok(!existsSync(env.HALLMARK_CACHE));
  });

  it('lies where the user says, else where caches lie', () => {
    assert.equal(cacheFolder({ HALLMARK_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' }), '/a');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/b', HOME: '/c' }), '/b/hallmark');
    assert.equal(cacheFolder({ HOME: '/c' }), '/c/.cache/hallmark');
  });
});
