import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { preload, type Run, room, runService } from '../testing/run-service.js';

interface Steady {
  readonly run: Promise<Run>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

async function startSteady(args: string[], env: Record<string, string>): Promise<Steady> {
  const ready = Promise.withResolvers<(signal: NodeJS.Signals) => void>();
  const run = runService({
    args: ['steady.cjs', ...args],
    env: { HALLMARK_EXIT_TIMEOUT_MS: '10000', HALLMARK_RECORDS_OFF: 'service.started,service.stopped', ...env },
    onOutput: (chunk, kill) => chunk.includes('ready') && ready.resolve(kill),
  });
  return { run, kill: await ready.promise };
}

const written = ({ stdout }: Run) => Number(/wrote (\d+)/.exec(stdout)?.[1]);
const lines = ({ stderr }: Run) => stderr.trim().split('\n').slice(1);

describe('a collector that goes and comes back', () => {
  it('costs two lines and no record that fits into the queue', async function () {
    this.timeout(40_000);
    const first = await startReceiver();
    const port = Number(new URL(first.url).port);
    const service = await startSteady([], { OTEL_EXPORTER_OTLP_ENDPOINT: first.url });
    await first.until(() => first.event('test.tick').length > 5);
    await first.close();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const second = await startReceiver('ok', port);
    await second.until(() => second.event('test.tick').length > 50);
    service.kill('SIGTERM');
    const run = await service.run;
    await second.close();
    const numbers = new Set(
      [...first.event('test.tick'), ...second.event('test.tick')].map(({ attributes }) => attributes.n),
    );
    assert.equal(numbers.size, written(run));
    assert.equal(lines(run).length, 2, run.stderr);
    assert.match(lines(run)[0] ?? '', /does not take telemetry \(.*(ECONNREFUSED|ECONNRESET|socket hang up).*\)/);
    assert.match(lines(run)[1] ?? '', /is back after \d+ s: 0 records and 0 spans were dropped/);
  });

  it('drops what is beyond the queue and says how many, and no more is lost', async function () {
    this.timeout(40_000);
    const receiver = await startReceiver(503);
    const service = await startSteady(['500'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BLRP_MAX_QUEUE_SIZE: '50',
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '20',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    receiver.answer = 'ok';
    await receiver.until(() => receiver.event('test.tick').length >= 50);
    service.kill('SIGTERM');
    const run = await service.run;
    await receiver.close();
    const dropped = [...run.stderr.matchAll(/(\d+) records and 0 spans (?:were dropped|did not reach)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    assert.ok(dropped >= 450, run.stderr);
    assert.equal(receiver.event('test.tick').length + dropped, written(run), run.stderr);
  });

  it('is sent a batch with the same ids again whose answer was lost, so that it is stored once', async function () {
    this.timeout(40_000);
    const receiver = await startReceiver('lost');
    const service = await startSteady([], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const ticks = () => receiver.event('test.tick');
    const firstAgain = () => ticks().filter(({ attributes }) => attributes.n === ticks()[0]?.attributes.n);
    await receiver.until(() => ticks().length > 0);
    receiver.answer = 'ok';
    await receiver.until(() => firstAgain().length > 1);
    service.kill('SIGTERM');
    await service.run;
    await receiver.close();
    const uids = new Map(ticks().map(({ attributes, uid }) => [attributes.n, uid]));
    for (const { attributes, uid } of ticks()) {
      assert.match(uid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(uid, uids.get(attributes.n));
    }
    assert.equal(new Set(uids.values()).size, uids.size);
  });

  it('is not asked again about a batch that it rejects for good', async function () {
    this.timeout(40_000);
    const receiver = await startReceiver(400);
    const service = await startSteady([], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    receiver.answer = 'ok';
    await receiver.until(() => receiver.event('test.tick').length > 0);
    service.kill('SIGTERM');
    const run = await service.run;
    await receiver.close();
    assert.match(run.stderr, /does not take telemetry \(HTTP 400\); the service goes on, what it refuses is dropped/);
    assert.match(run.stderr, /is back after \d+ s: [1-9]\d* records and 0 spans were dropped/);
  });

  for (const [status, protocol] of [
    [413, 'http/json'],
    [400, 'http/protobuf'],
  ] as const) {
    it(`that finds a batch too large by ${status} gets it in halves, not without end: ${protocol}`, async function () {
      this.timeout(60_000);
      const receiver = await startReceiver();
      Object.assign(receiver, { tooLarge: status, mostBytes: protocol === 'http/json' ? 40_000 : 20_000 });
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: protocol };
      const service = await startSteady(['512'], env);
      const lines = () => receiver.bodies.map(({ body }) => body.toString('latin1').match(/test\.tick/g)?.length ?? 0);
      const arrived = () => lines().reduce((sum, count) => sum + count, 0);
      await receiver.until(() => arrived() >= 512, 20_000);
      receiver.mostBytes = 100;
      const before = arrived();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      receiver.mostBytes = Number.POSITIVE_INFINITY;
      await receiver.until(() => arrived() > before, 20_000);
      service.kill('SIGTERM');
      const run = await service.run;
      await receiver.close();
      // Of the first 512, which were one request.
      const parts = lines();
      let [sum, count] = [0, 0];
      while (sum < 512) sum += parts[count++] ?? 512;
      assert.equal(sum, 512);
      assert.ok(count >= 4 && count <= 32, `in ${count} parts`);
      const said = run.stderr.trim().split('\n').slice(1);
      assert.equal(said.length, 2, run.stderr);
      assert.match(said[0] ?? '', new RegExp(`does not take telemetry \\(HTTP ${status}\\)`));
      const dropped = Number(/: (\d+) records and 0 spans were dropped/.exec(said[1] ?? '')?.[1]);
      assert.equal(arrived() + dropped, written(run), run.stderr);
    });
  }

  it('costs flat memory and two lines while it is away for long, with the counts of records and spans that were dropped', async function () {
    this.timeout(120_000);
    const first = await startReceiver();
    const port = Number(new URL(first.url).port);
    await first.close();
    const done = Promise.withResolvers<(signal: NodeJS.Signals) => void>();
    let printed = '';
    const service = runService({
      args: ['--expose-gc', '--require', preload, `${room}fixtures/away.cjs`],
      flag: 'none',
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: first.url,
        OTEL_BLRP_MAX_QUEUE_SIZE: '2000',
        OTEL_BSP_MAX_QUEUE_SIZE: '500',
        HALLMARK_EXIT_TIMEOUT_MS: '10000',
      },
      onOutput: (chunk, kill) => {
        printed = (printed + chunk).slice(-20);
        if (printed.includes('\ndone\n')) done.resolve(kill);
      },
    });
    const kill = await done.promise;
    const second = await startReceiver('ok', port);
    await second.until(() => second.records.length >= 2_000 && second.spans.length >= 500, 30_000);
    kill('SIGTERM');
    const run = await service;
    await second.close();
    assert.equal(run.code, 0, run.stderr);
    const summary = run.stdout.split('\n').findLast((line) => line.startsWith('{"heaps"')) ?? '{}';
    const {
      heaps,
      lines: wrote,
      requests,
    } = JSON.parse(summary) as { heaps: number[]; lines: number; requests: number };
    const [early = 0, late = 0] = [heaps[9], heaps[29]];
    assert.ok(late < early + 4_096, `the heap grew from ${early} to ${late} KiB: ${heaps.join(' ')}`);
    assert.equal(lines(run).length, 2, run.stderr);
    assert.match(lines(run)[0] ?? '', /does not take telemetry \(.*ECONNREFUSED.*\)/);
    const [, records, spans] =
      /is back after \d+ s: (\d+) records and (\d+) spans were dropped$/.exec(lines(run)[1] ?? '') ?? [];
    // A record of each request, service.started and service.stopped; a span on each side.
    assert.equal(second.records.length + Number(records), wrote + requests + 2, run.stderr);
    assert.equal(second.spans.length + Number(spans), 2 * requests, run.stderr);
  });
});
