import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { damagedFilesOf, setAsideUnreadable } from './queue-files.js';

const name = 'exporter_otlp_grpc_store_logs';

/** Real damage is done to the real file in collector/src/oracle; here is what needs no collector. */
describe('the files of the queue', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hallmark-queue-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are set aside when they are no database, and counted', async () => {
    await writeFile(join(folder, name), Buffer.alloc(20_000, 7));
    const setAside = await setAsideUnreadable(folder, new Date('2026-11-21T12:00:00Z'));
    assert.deepEqual(setAside, [`${name}.2026-11-21T12:00:00.000.backup`]);
    assert.deepEqual(await damagedFilesOf(folder), setAside);
    assert.deepEqual(await setAsideUnreadable(folder), []);
  });

  it('are left where they are when they are empty, or not of the queue', async () => {
    await writeFile(join(folder, name), '');
    await writeFile(join(folder, 'tempdb123'), 'x');
    assert.deepEqual(await setAsideUnreadable(folder), []);
    assert.deepEqual((await readdir(folder)).sort(), [name, 'tempdb123']);
  });

  it('are looked for by a command, which says in one line that their folder is not there', () => {
    const program = fileURLToPath(new URL('./set-aside.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [program, join(folder, 'nope')], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stderr, `${folder}/nope: there is no such folder; expected that of the queue, QUEUE_DIR\n`);
    assert.equal(spawnSync(process.execPath, [program, folder]).status, 0);
  });
});
