import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { turnWhenLong } from './keep-short.js';

describe('the access log of the S3 server', () => {
  it('is renamed when it is long, and its writer told; five before it are kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'access-'));
    const file = join(folder, 'access.log');
    const writer = spawn('sh', ['-c', 'trap "echo again" HUP; echo ready; while :; do sleep 0.05; done']);
    try {
      await once(writer.stdout, 'data');
      await writeFile(file, 'short');
      await turnWhenLong(file, () => writer.pid, 10);
      assert.deepEqual(await readdir(folder), ['access.log']);
      for (let number = 1; number <= 7; number++) {
        await writeFile(file, `a long line ${number}`);
        const told = once(writer.stdout, 'data');
        await turnWhenLong(file, () => writer.pid, 10);
        assert.match(String((await told)[0]), /again/);
      }
      const kept = [1, 2, 3, 4, 5].map((number) => `access.log.${number}`);
      assert.deepEqual((await readdir(folder)).sort(), kept);
      assert.equal(await readFile(join(folder, 'access.log.1'), 'utf8'), 'a long line 7');
      assert.equal(await readFile(join(folder, 'access.log.5'), 'utf8'), 'a long line 3');
    } finally {
      writer.kill('SIGKILL');
      await rm(folder, { recursive: true });
    }
  });

  it('may not be there, and stays where nobody writes it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'access-'));
    const file = join(folder, 'access.log');
    await turnWhenLong(file, () => 1, 10);
    await writeFile(file, 'a long line');
    await turnWhenLong(file, () => undefined, 10);
    assert.deepEqual(await readdir(folder), ['access.log']);
    await rm(folder, { recursive: true });
  });
});
