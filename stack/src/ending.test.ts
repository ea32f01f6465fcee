import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillCache } from './fill-cache.js';
import { partNames } from './part.js';
import { processesOf } from './run/process-facts.js';
import { openRun } from './run/run.js';
import { readRunRecord } from './run/run-record.js';
import { type LaunchedStarter, launchStarter, launchStarterBelowShell, spawnStarter } from './test-programs/launch.js';
import { waitUntil } from './wait.js';

/** Longer than an orderly end that turns into one by force. Unit: milliseconds. */
const endMs = 60_000;

/** A cold build of the collector takes six minutes on 2 cores. Unit: milliseconds. */
const emptyCacheMs = 1_200_000;

describe('the end of what a stack has started', function () {
  this.timeout(300_000);

  before(async function () {
    this.timeout(emptyCacheMs);
    await fillCache({ env: { ...process.env, AMQP_URL: '' }, onProgress: (line) => console.error(line) });
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`comes with ${signal}, in order`, async () => {
      const starter = await launchStarter(['postgresql']);
      starter.child.kill(signal);
      assert.deepEqual(await once(starter.child, 'exit'), [0, null]);
      await assertNothingLeft(starter);
    });
  }

  it('comes with kill -9 of the starter, also for daemons and for Java, and takes stack.env away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stack-env-'));
    const envFile = join(folder, 'stack.env');
    try {
      const starter = await launchStarter(partNames, envFile);
      assert.match(readFileSync(envFile, 'utf8'), new RegExp(`^AMQP_URL=${starter.env.AMQP_URL}$`, 'm'));
      assert.equal(statSync(envFile).mode & 0o777, 0o600);
      const names = namesIn(starter.folder);
      for (const name of ['java', 'epmd', 'beam.smp', 'erl_child_setup', 'postgres'])
        assert.ok(names.includes(name), name);

      starter.child.kill('SIGKILL');
      await assertNothingLeft(starter);
      assert.ok(await waitUntil(() => !existsSync(envFile), { timeoutMs: endMs }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`comes with ${signal} in the middle of a start`, async () => {
      const child = spawnStarter(['elasticsearch', 'postgresql']);
      const folder = () => folderOfRunBy(child.pid);
      const isUnderWay = () => {
        const found = folder();
        return found !== undefined && namesIn(found).includes('java');
      };
      assert.ok(await waitUntil(isUnderWay, { timeoutMs: endMs }));
      const starter = { child, folder: folder() ?? '', env: {} };
      child.kill(signal);
      await assertNothingLeft(starter);
    });
  }

  it('comes with a crash of the starter', async () => {
    const starter = await launchStarter(['postgresql']);
    starter.child.kill('SIGUSR2');
    assert.notDeepEqual(await once(starter.child, 'exit'), [0, null]);
    await assertNothingLeft(starter);
  });

  it('comes with the end of the process above the starter', async () => {
    const starter = await launchStarterBelowShell(['postgresql']);
    starter.child.kill('SIGKILL');
    await assertNothingLeft(starter);
  });

  it('comes with the next start when the reaper was killed too', async () => {
    const starter = await launchStarter(['postgresql']);
    const reaper = readRunRecord(starter.folder)?.reaper.pid;
    assert.ok(reaper);
    process.kill(reaper, 'SIGKILL');
    starter.child.kill('SIGKILL');
    await once(starter.child, 'exit');
    assert.ok(processesOf(starter.folder).length > 0);

    const run = await openRun();
    await run.close();
    await assertNothingLeft(starter);
  });
});

/** The names of the programs that belong to the run. */
function namesIn(folder: string): string[] {
  return processesOf(folder).map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
}

function folderOfRunBy(pid: number | undefined): string | undefined {
  const folders = readdirSync(tmpdir()).map((name) => join(tmpdir(), name));
  return folders.find((folder) => readRunRecord(folder)?.starter.pid === pid);
}

async function assertNothingLeft(starter: LaunchedStarter): Promise<void> {
  assert.ok(
    await waitUntil(() => !existsSync(starter.folder), { timeoutMs: endMs }),
    `${starter.folder} is still there`,
  );
  assert.deepEqual(processesOf(starter.folder), []);
  for (const url of Object.values(starter.env).filter((value) => URL.canParse(value))) {
    assert.ok(await refusesConnections(Number(new URL(url).port)), `something still listens at ${url}`);
  }
}

function refusesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
