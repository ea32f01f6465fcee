import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { fourAtATime, type Run, runService } from '../testing/run-service.js';

/** The preload's limit of 500 ms, and what a busy machine adds to the end of any process. */
const HELD_MS = 750;

/** What arrives is asked with patience, how long a process is held without it. */
const PATIENT = { HALLMARK_EXIT_TIMEOUT_MS: '10000' };

const ways = [
  'return',
  'exit 0',
  'exit 3',
  'exitCode 4',
  'a throw',
  'a rejection',
  'a throw that is handled',
  'a throw that can not be read',
  'a throw that can not be read and is survived',
  'exit in the exit event',
  'a throw in the exit event',
  'exit 3 and a throw in the exit event',
  'a throw and a throw in the exit event',
  'a throw in the exit event that is taken',
  'a rejection that is handled',
  'reallyExit',
  'a record in the exit event',
  'SIGTERM without a handler',
  'SIGINT without a handler',
  'SIGHUP without a handler',
  'SIGTERM with a handler that exits',
  'SIGTERM with a drain of 1.5 s',
  'SIGTERM with a drain that is put before all other listeners',
  'SIGTERM whose handlers were all removed',
  'SIGTERM that is raised again by the handler',
  'SIGTERM with signal-exit',
  'winston exitOnError',
];

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

describe('a process that ends', () => {
  const bare = new Map<string, Run>();

  /** Says that a process was held for longer than it may be, unless the machine was only busy: then it is held less another time. */
  async function assertHeld(way: string, first: Run, env: Readonly<Record<string, string>>): Promise<void> {
    const { leaveMs } = bare.get(way) ?? assert.fail();
    let least = first.leaveMs - leaveMs;
    for (let again = 0; again < 8 && least > HELD_MS; again += 1) {
      const { leaveMs: bareMs } = await runService({ args: ['ways-out.cjs', way], flag: 'none' });
      const { leaveMs: heldMs } = await runService({ args: ['ways-out.cjs', way], env });
      least = Math.min(least, heldMs - bareMs);
    }
    assert.ok(least <= HELD_MS, `held for ${least} ms`);
  }

  before(async function () {
    this.timeout(60_000);
    const runs = await fourAtATime(ways, (way) => runService({ args: ['ways-out.cjs', way], flag: 'none' }));
    ways.forEach((way, index) => {
      bare.set(way, runs[index] as Run);
    });
  });

  for (const collector of ['up', 'refusing', 'hanging'] as const) {
    describe(`with the collector ${collector}`, () => {
      const runs = new Map<string, { run: Run; received: string[]; stopped: unknown[] }>();
      let receiver: Receiver | undefined;
      after(() => receiver?.close());

      before(async function () {
        this.timeout(120_000);
        await fourAtATime(ways, async (way) => {
          const receiver = await startReceiver(collector === 'hanging' ? 'hang' : 'ok');
          const url = collector === 'refusing' ? await closedPort() : receiver.url;
          const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...(collector === 'up' && PATIENT) };
          const run = await runService({ args: ['ways-out.cjs', way], env });
          const stopped = receiver.event('service.stopped').map(({ attributes }) => attributes['process.exit.code']);
          runs.set(way, { run, received: receiver.records.map(({ eventName }) => eventName), stopped });
          await receiver.close();
        });
      });

      for (const way of ways) {
        it(`by ${way}: keeps code and signal, and is not held`, async function () {
          this.timeout(60_000);
          const { run, received } = runs.get(way) ?? assert.fail();
          const expected = bare.get(way) ?? assert.fail();
          assert.deepEqual([run.code, run.signal], [expected.code, expected.signal], run.stderr);
          assert.equal(run.stdout.includes('drained'), expected.stdout.includes('drained'));
          assert.ok(run.stdout.includes('leaving'), run.stderr);
          assert.ok(
            run.stderr.split('\n').every((line) => line.length < 1_000),
            'a line of the preload itself is shown',
          );
          if (collector === 'up')
            assert.ok(received.includes('test.last'), `the last record is missing: ${run.stderr}`);
          else {
            receiver ??= await startReceiver('hang');
            const url = collector === 'hanging' ? receiver.url : await closedPort();
            await assertHeld(way, run, { OTEL_EXPORTER_OTLP_ENDPOINT: url });
          }
        });
      }

      if (collector === 'up') {
        it('sends service.stopped once, with the exit code', () => {
          const codes = ways.map((way) => [way, runs.get(way)?.stopped]);
          const numbers: Record<string, number> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
          const expected = ways.map((way) => {
            const { code, signal } = bare.get(way) as Run;
            return [way, [code ?? numbers[signal ?? '']]];
          });
          assert.deepEqual(codes, expected);
        });

        it('sends service.failed for a crash, and for nothing else', () => {
          const failed = ways.filter((way) => runs.get(way)?.received.includes('service.failed'));
          assert.deepEqual(failed, [
            'a throw',
            'a rejection',
            'a throw that is handled',
            'a throw that can not be read',
            'a throw in the exit event',
            'exit 3 and a throw in the exit event',
            'a throw and a throw in the exit event',
            'winston exitOnError',
          ]);
        });

        it('sends an error of its own kind for what the service takes', () => {
          const taken = ways.filter((way) => runs.get(way)?.received.includes('exception'));
          assert.deepEqual(taken, [
            'a throw that is handled',
            'a throw that can not be read and is survived',
            'a throw in the exit event that is taken',
            'a rejection that is handled',
            'winston exitOnError',
          ]);
        });
      } else {
        it('says in one line what did not arrive', () => {
          const { run } = runs.get('exit 3') ?? assert.fail();
          assert.equal(run.stderr.match(/did not reach the collector/g)?.length, 1, run.stderr);
          assert.match(
            run.stderr,
            /\b3 records and 0 spans did not reach the collector at http:\/\/127\.0\.0\.1:\d+; the exit was held for \d+ ms\n/,
          );
        });
      }
    });
  }
});
