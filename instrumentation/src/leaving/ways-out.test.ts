import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { startReceiver } from '../testing/receiver.js';
import { fourAtATime, type Run, runService } from '../testing/run-service.js';

/**
 * Far above the preload's limit of 500 ms, since a busy machine takes seconds to start a thread and to end a process; far
 * below the 10 s after which an exporter gives up.
 */
const HELD_MS = 7_000;

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
  'reallyExit',
  'a record in the exit event',
  'SIGTERM without a handler',
  'SIGINT without a handler',
  'SIGHUP without a handler',
  'SIGTERM with a handler that exits',
  'SIGTERM with a drain of 1.5 s',
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
        it(`by ${way}: keeps code and signal, and is not held`, () => {
          const { run, received } = runs.get(way) ?? assert.fail();
          const expected = bare.get(way) ?? assert.fail();
          assert.deepEqual([run.code, run.signal], [expected.code, expected.signal], run.stderr);
          assert.equal(run.stdout.includes('drained'), expected.stdout.includes('drained'));
          assert.ok(run.stdout.includes('leaving'), run.stderr);
          if (collector === 'up')
            assert.ok(received.includes('test.last'), `the last record is missing: ${run.stderr}`);
          else assert.ok(run.leaveMs - expected.leaveMs < HELD_MS, `held for ${run.leaveMs - expected.leaveMs} ms`);
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
          const unreadable = ['a throw that can not be read', 'a throw that can not be read and is survived'];
          assert.deepEqual(failed, [
            'a throw',
            'a rejection',
            'a throw that is handled',
            ...unreadable,
            'winston exitOnError',
          ]);
        });
      } else {
        it('says in one line what did not arrive', () => {
          const { run } = runs.get('exit 3') ?? assert.fail();
          assert.equal(run.stderr.match(/did not reach the collector/g)?.length, 1, run.stderr);
          assert.match(
            run.stderr,
            /\b3 records and 0 spans did not reach the collector at http:\/\/127\.0\.0\.1:\d+\n/,
          );
        });
      }
    });
  }
});
