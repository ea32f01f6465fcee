import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { portVariables } from './ports.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

describe('the command stack', function () {
  this.timeout(30_000);

  it('explains itself and its settings on standard output', () => {
    const { status, stdout, stderr } = run(['--help']);
    assert.deepEqual([status, stderr], [0, '']);
    for (const name of [...Object.values(portVariables), 'HALLMARK_CACHE', 'AMQP_URL']) {
      assert.match(stdout, new RegExp(`\\b${name}\\b`));
    }
  });

  it('refuses an option that it does not know, in one line on standard error', () => {
    const { status, stdout, stderr } = run(['--ports']);
    assert.deepEqual([status, stdout], [64, '']);
    assert.match(stderr, /^stack: .*--ports.*\n$/);
  });

  it('says in one line what keeps it from starting', () => {
    const { status, stdout, stderr } = run([], { HALLMARK_OTLP_PORT: '70000' });
    assert.deepEqual([status, stdout], [1, '']);
    assert.equal(stderr, 'stack: HALLMARK_OTLP_PORT=70000: expected a port from 1 to 65535\n');
  });

  it('prints how the collector is, and says by its exit code whether all is well', async () => {
    const collector = {
      ...{
        received: 20,
        refused: 0,
        givenUp: 0,
        sent: 20,
        masked: 3,
        rejected: 0,
        damagedFiles: 0,
        oldestSeconds: 0,
        refusals: [],
      },
      ...{ lastHour: { sent: 19, rejected: 0 }, isAnswering: true },
      ...{ queueBytes: 0, queueCapacityBytes: 1e9, seenAt: new Date().toISOString() },
    };
    const server = createServer((_, response) => response.end(JSON.stringify({ kept: 0, collector })));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const COLLECTOR_STATUS_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_relay`;
    const status = () =>
      new Promise<{ code: unknown; stdout: string }>((done) => {
        const env = { ...process.env, COLLECTOR_STATUS_URL };
        execFile(process.execPath, [main, 'status'], { env }, (error, stdout) =>
          done({ code: error?.code ?? 0, stdout }),
        );
      });
    try {
      const well = await status();
      assert.equal(well.code, 0);
      assert.match(well.stdout, /^✓ all is well\n\n {2}received +20 records/);
      collector.lastHour.rejected = 1;
      const rejected = await status();
      assert.equal(rejected.code, 1);
      assert.match(rejected.stdout, /^✗ 1 records \(5\.00 %\) were refused by Elasticsearch in the last hour and are/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
