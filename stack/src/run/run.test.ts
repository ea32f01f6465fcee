import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StackError } from '../failure.js';
import { waitUntil } from '../wait.js';
import { processesOf, startTimeOf } from './process-facts.js';
import { openRun, type Run } from './run.js';

const node = process.execPath;
const forEver = 'setInterval(() => undefined, 1000)';

describe('a run', function () {
  this.timeout(60_000);
  let run: Run;
  let cache: string;

  beforeEach(async () => {
    cache = mkdtempSync(join(tmpdir(), 'run-test-'));
    run = await openRun({ ...process.env, HALLMARK_CACHE: cache });
  });

  afterEach(async () => {
    await run.close();
    rmSync(cache, { recursive: true });
    assert.deepEqual(processesOf(run.folder), []);
    assert.ok(!existsSync(run.folder));
  });

  it('passes the lines a process prints on, and keeps them in its log', async () => {
    const lines: string[] = [];
    const started = await run.spawn({
      name: 'speaker',
      command: node,
      args: ['-e', 'console.log("out"); console.error("err")'],
      onLine: (line, stream) => lines.push(`${stream} ${line}`),
    });
    assert.deepEqual(await started.ended, { code: 0, signal: null });
    assert.ok(await waitUntil(() => lines.length === 2, { timeoutMs: 5_000 }));
    assert.deepEqual(lines.sort(), ['stderr err', 'stdout out']);
    assert.ok(
      await waitUntil(() => readFileSync(started.logFile, 'utf8').split('\n').length === 3, { timeoutMs: 5_000 }),
    );
    assert.equal(statSync(started.logFile).mode & 0o777, 0o600);
  });

  it('says in one line why a process ended before it was ready, and keeps its log', async () => {
    const failing = run.spawn({
      name: 'broken',
      command: node,
      args: ['-e', 'console.error("starting"); console.error("ERROR port 9200 in use"); process.exit(3)'],
      ready: () => false,
    });
    await assert.rejects(failing, (error: Error) => {
      assert.ok(error instanceof StackError);
      assert.match(
        error.message,
        /^broken ended before it was ready \(exit code 3\): ERROR port 9200 in use; .*\.log$/,
      );
      assert.equal(error.message.split('\n').length, 1);
      return true;
    });
    assert.equal(readFileSync(join(cache, 'logs', 'broken-failed.log'), 'utf8'), 'starting\nERROR port 9200 in use\n');
  });

  it('ends a process that is not ready in time', async () => {
    const slow = run.spawn({
      name: 'slow',
      command: node,
      args: ['-e', forEver],
      ready: () => false,
      readyTimeoutMs: 300,
    });
    await assert.rejects(slow, /slow was not ready after/);
    assert.deepEqual(processesOf(run.folder), []);
  });

  it('says which program can not be started', async () => {
    await assert.rejects(run.spawn({ name: 'ghost', command: '/no/such/program', args: [] }), {
      message: /^ghost could not be started: \/no\/such\/program: .*ENOENT/,
    });
  });

  it('kills a process that does not heed its stop signal', async () => {
    const started = await run.spawn({
      name: 'stubborn',
      command: node,
      args: ['-e', `process.on("SIGTERM", () => 0); console.log("up"); ${forEver}`],
      onLine: (line) => line === 'up' && writeFileSync(join(run.folder, 'up'), ''),
      ready: () => existsSync(join(run.folder, 'up')),
      stopTimeoutMs: 300,
    });
    assert.deepEqual(await started.stop(), { code: null, signal: 'SIGKILL' });
  });

  it('ends processes in the reverse order of their start', async () => {
    const ended: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      const started = await run.spawn({ name, command: node, args: ['-e', forEver] });
      void started.ended.then(() => ended.push(name));
    }
    await run.close();
    assert.deepEqual(ended, ['third', 'second', 'first']);
  });

  it('ends daemons that have left their process group and their parent', async () => {
    const daemon = `require("child_process").spawn(process.execPath, ["-e", "${forEver}"], { detached: true, stdio: "ignore" }).unref()`;
    const started = await run.spawn({ name: 'parent', command: node, args: ['-e', daemon] });
    await started.ended;
    const [pid] = processesOf(run.folder);
    assert.ok(pid);
    await run.close();
    assert.equal(startTimeOf(pid), undefined);
  });

  it('leaves a file alone that a later run has written', async () => {
    const path = join(cache, 'stack.env');
    await run.writeFile(path, 'A=1\n');
    const later = await openRun();
    await later.writeFile(path, 'A=2\n');
    await run.close();
    assert.match(readFileSync(path, 'utf8'), /^A=2$/m);
    await later.close();
    assert.ok(!existsSync(path));
  });
});
