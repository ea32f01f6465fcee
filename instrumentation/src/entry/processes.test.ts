import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { preload, type Run, type RunOptions, room, runService } from '../testing/run-service.js';

async function runWith(options: RunOptions): Promise<{ run: Run; receiver: Receiver }> {
  const receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000', ...options.env };
  const run = await runService({ ...options, env });
  await receiver.close();
  return { run, receiver };
}

const count = (receiver: Receiver, event: string) => receiver.event(event).length;

describe('an odd process', function () {
  this.timeout(40_000);

  it('has one SDK, in the main thread; its worker threads run and print as they are, and nothing of them is sent', async () => {
    const { run, receiver } = await runWith({ args: ['odd-process.cjs', 'worker thread'] });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, /in the thread true/);
    assert.match(run.stdout, /\{"event":"test\.thread","level":"info","message":"of the thread"\}/);
    assert.equal(count(receiver, 'test.thread'), 0);
    assert.equal(count(receiver, 'service.started'), 1);
    assert.equal(count(receiver, 'service.stopped'), 1);
    assert.equal(count(receiver, 'test.main'), 1);
  });

  for (const kind of ['fork', 'cluster']) {
    it(`is instrumented as often as there are processes: ${kind}`, async () => {
      const { run, receiver } = await runWith({ args: ['odd-process.cjs', kind] });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(count(receiver, 'service.started'), 2);
      assert.equal(count(receiver, kind === 'fork' ? 'test.forked' : 'test.clustered'), 2);
    });
  }

  it('lets a second copy of the preload stand down', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'second-copy-'));
    try {
      cpSync(`${room}dist/instrumentation.cjs`, join(folder, 'instrumentation.cjs'));
      cpSync(`${room}dist/preload.cjs`, join(folder, 'preload.cjs'));
      cpSync(`${room}dist/esm`, join(folder, 'esm'), { recursive: true });
      const args = ['--require', join(folder, 'instrumentation.cjs'), `${room}fixtures/odd-process.cjs`, 'second copy'];
      const { run, receiver } = await runWith({ args });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(count(receiver, 'service.started'), 1);
      assert.equal(count(receiver, 'test.once'), 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is instrumented in the children that it spawns, where NODE_OPTIONS has the flag', async () => {
    const { run, receiver } = await runWith({ args: ['odd-process.cjs', 'spawn'], flag: 'NODE_OPTIONS' });
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual([count(receiver, 'test.spawned'), count(receiver, 'test.once')], [1, 1]);
    assert.equal(count(receiver, 'service.started'), 2);
  });

  it('takes the flag twice for once', async () => {
    const args = ['--require', preload, '--import', preload, `${room}fixtures/odd-process.cjs`, 'second copy'];
    const { run, receiver } = await runWith({ args, flag: 'NODE_OPTIONS' });
    assert.equal(run.stderr.split('\n').length, 2, run.stderr);
    assert.equal(count(receiver, 'test.once'), 1);
  });

  it('that starts an SDK of its own goes on being watched, and is told in a line that there are two', async () => {
    const { run, receiver } = await runWith({ args: ['odd-process.cjs', 'an SDK of its own'] });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(count(receiver, 'test.beside'), 1);
    assert.equal(receiver.event('test.beside')[0]?.resource['service.name'], 'fixture-service');
    assert.match(run.stderr, /duplicate registration/);
  });

  const standDowns: readonly { what: string; first: string; line: RegExp }[] = [
    { what: 'a foreign SDK', first: 'foreign-sdk.cjs', line: /^hallmark: another OpenTelemetry SDK .*stands down\n$/ },
    {
      what: 'an unsupported Node',
      first: 'old-node.cjs',
      line: /^hallmark: Node 20\.19\.0 is not supported .*uninstrumented\n$/,
    },
  ];
  for (const { what, first, line } of standDowns) {
    it(`runs uninstrumented, with one line, beside ${what}`, async () => {
      const args = [
        '--require',
        `${room}fixtures/${first}`,
        '--require',
        preload,
        `${room}fixtures/odd-process.cjs`,
        'second copy',
      ];
      const { run, receiver } = await runWith({ flag: 'none', args });
      assert.equal(run.code, 0);
      assert.match(run.stderr, line);
      assert.equal(run.stdout, '{"event":"test.once","level":"info","message":"once"}\n');
      assert.deepEqual(receiver.records, []);
    });
  }

  it('is told of an unsupported Node by the line that the README shows', async () => {
    const readme = readFileSync(`${room}README.md`, 'utf8');
    const args = ['--require', `${room}fixtures/old-node.cjs`, '--require', preload, '-e', '0'];
    const { run } = await runWith({ flag: 'none', args });
    assert.ok(readme.includes(`\n${run.stderr}`), run.stderr);
  });

  it('runs uninstrumented and silent when the SDK is disabled', async () => {
    const { run, receiver } = await runWith({
      args: ['odd-process.cjs', 'second copy'],
      env: { OTEL_SDK_DISABLED: 'true' },
    });
    assert.equal(run.stderr, '');
    assert.deepEqual(receiver.records, []);
  });

  it("runs under Node's permission model without threads, is sent whole, and is told in its line what is missing", async () => {
    const file = `${room}fixtures/odd-process.cjs`;
    const args = ['--permission', '--allow-fs-read=*', '--require', preload, file, 'second copy'];
    const { run, receiver } = await runWith({ flag: 'none', args });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stderr, /^hallmark: .*; without --allow-worker the last records of a process reach .*\n$/);
    assert.deepEqual([count(receiver, 'test.once'), count(receiver, 'service.stopped')], [1, 1], run.stderr);
    // Only a thread could ask for this name, and there may be none: counted, and no error.
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' };
    const unsent = await runWith({ flag: 'none', args, env });
    assert.equal(unsent.run.code, 0, unsent.run.stderr);
    assert.match(unsent.run.stderr, /^hallmark: .*\nhallmark: 3 records and 0 spans did not reach [^\n]*\n$/);
  });

  it('is told of libraries that were loaded too early, and has its earlier loggers hooked all the same', async () => {
    const args = [
      '--require',
      `${room}fixtures/too-early.cjs`,
      '--require',
      preload,
      `${room}fixtures/odd-process.cjs`,
      'early logger',
    ];
    const { run, receiver } = await runWith({ flag: 'none', args });
    assert.match(run.stderr, /^hallmark: .*; loaded too early to be instrumented: express[^;]*\n$/);
    assert.equal(count(receiver, 'test.early'), 1);
  });

  it('can flush, so that even a SIGKILL loses nothing', async () => {
    const { run, receiver } = await runWith({ args: ['odd-process.cjs', 'flush', preload] });
    assert.equal(run.signal, 'SIGKILL');
    assert.match(run.stdout, /flushed true/);
    assert.equal(count(receiver, 'test.flushed'), 1);
  });

  it('is told by flush when the collector did not take everything', async () => {
    const args = ['odd-process.cjs', 'flush in vain', preload];
    const { run } = await runWith({ args, env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' } });
    assert.equal(run.code, 0);
    assert.match(run.stdout, /flushed false true/);
  });
});
