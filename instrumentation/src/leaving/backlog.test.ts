import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { type Run, runService } from '../testing/run-service.js';

/** 24 MB of records that nothing of was sent when the process ends. */
const RECORDS = '8000';
const LIMIT_MS = 500;
/** What else the end of a process takes that has so much in its memory. */
const MARGIN_MS = 150;
const TRIES = 10;

const ended = ({ stderr }: Run) =>
  /(\d+) records and 0 spans did not reach the collector at \S+; the exit was held for (\d+) ms\n$/.exec(stderr) ??
  assert.fail(stderr);
const written = ({ stdout }: Run) => Number(/wrote (\d+)/.exec(stdout)?.[1]);

describe('a process that ends with 24 MB in its queue', function () {
  this.timeout(120_000);

  /** The least of several, beside a bare one each time: a busy machine holds both. */
  async function leastHeld(
    env: Readonly<Record<string, string>>,
    limitMs: number,
  ): Promise<{ heldMs: number; run: Run }> {
    let heldMs = Number.POSITIVE_INFINITY;
    let run: Run | undefined;
    for (let tries = 0; tries < TRIES && heldMs > limitMs + MARGIN_MS; tries += 1) {
      const bare = await runService({ args: ['backlog.cjs', RECORDS], flag: 'none' });
      run = await runService({ args: ['backlog.cjs', RECORDS], env });
      heldMs = Math.min(heldMs, run.leaveMs - bare.leaveMs);
    }
    return { heldMs, run: run ?? assert.fail() };
  }

  it('is held for no longer than 500 ms by a collector that hangs, and says what was given up', async () => {
    const receiver = await startReceiver('hang');
    const { heldMs, run } = await leastHeld({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, LIMIT_MS);
    await receiver.close();
    assert.equal(run.code, 3);
    assert.ok(heldMs <= LIMIT_MS + MARGIN_MS, `held for ${heldMs} ms: ${run.stderr}`);
    // service.started and service.stopped are given up too.
    assert.equal(Number(ended(run)[1]), written(run) + 2);
  });

  it('is not held at all where the time is 0: nothing is sent, and all is counted', async () => {
    const receiver = await startReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '0' };
    const { heldMs, run } = await leastHeld(env, 0);
    await receiver.close();
    assert.ok(heldMs <= MARGIN_MS, `held for ${heldMs} ms: ${run.stderr}`);
    assert.equal(Number(ended(run)[1]), written(run));
    assert.deepEqual([receiver.records, receiver.bodies], [[], []]);
  });

  it('has its last records sent first: they are there when the collector takes one request and then hangs', async () => {
    const receiver = await startReceiver('ok once');
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '5000' };
    const run = await runService({ args: ['backlog.cjs', RECORDS], env });
    await receiver.close();
    for (const event of ['test.last', 'service.stopped']) assert.equal(receiver.event(event).length, 1, run.stderr);
    const old = receiver.event('test.old').map(({ attributes }) => Number(attributes.n));
    assert.equal(old.at(-1), Number(RECORDS));
    assert.ok(old.length < Number(RECORDS) / 2, 'it was one request of many');
    assert.equal(Number(ended(run)[1]), written(run) + 2 - receiver.records.length);
  });
});
