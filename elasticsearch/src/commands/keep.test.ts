import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const stream = 'logs-crm.otel-default';
/** By name the second is the older: the server's clock was put back. */
const [first, second] = [`.ds-${stream}-2026.11.22-000001`, `.ds-${stream}-2026.11.21-000002`];
const dayMs = 86_400_000;

function fileWith(keep: string): string {
  return `version: 1\nprofile: mine\nprofiles:\n  mine: { index_per: system, rollover: { max_age: 90d }, keep: ${keep} }\n`;
}

/** What the real server does is seen in collector/; here, that a keeper which runs follows its file. */
describe('the keeper', () => {
  let server: Server;
  let url: string;
  let folder: string;
  const deleted: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hallmark-keeper-'));
    const ofEach = <T>(value: (created: number) => T) => ({
      [second]: value(Date.now() - 40 * dayMs),
      [first]: value(Date.now() - 50 * dayMs),
    });
    const answers: Readonly<Record<string, object>> = {
      '/_resolve/index/logs-*.otel-*,metrics-*.otel-*,traces-*.otel-*': {
        data_streams: [{ name: stream, backing_indices: [first, second] }],
      },
      [`/${stream}/_settings`]: ofEach((created) => ({ settings: { index: { creation_date: String(created) } } })),
      [`/${stream}/_mapping`]: ofEach(() => ({ mappings: { _meta: { managed_by: 'hallmark' } } })),
      [`/${stream}/_stats/docs,store`]: {
        indices: ofEach(() => ({ primaries: { docs: { count: 1 }, store: { size_in_bytes: 1 } } })),
      },
    };
    server = createServer((request, response) => {
      if (request.method === 'DELETE') deleted.push(request.url ?? '');
      response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  it('deletes nothing while its file is wrong, says where, and follows the file once it is right', async () => {
    const file = join(folder, 'retention.yaml');
    writeFileSync(file, fileWith('30'));
    const env = { PATH: process.env.PATH, ELASTICSEARCH_URL: url };
    const keeper = spawn(process.execPath, [main, 'keep', '--every', '1s', '--file', file], { env });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) keeper[name].on('data', (bytes) => (said[name] += bytes));
    const hears = async (name: keyof typeof said, what: RegExp) => {
      for (const endsAt = Date.now() + 20_000; !what.test(said[name]); await pause(50))
        assert.ok(Date.now() < endsAt, JSON.stringify(said));
    };
    try {
      await hears(
        'stderr',
        /nothing is done until this is mended: .*retention\.yaml:4:64: profiles\.mine\.keep: expected an age/,
      );
      writeFileSync(file, fileWith('60d'));
      await pause(1_500);
      assert.deepEqual([deleted, said.stdout], [[], '']);
      writeFileSync(file, fileWith('30d'));
      await hears(
        'stdout',
        new RegExp(`^delete ${first.replaceAll('.', '\\.')}: rolled over 40\\.0 days ago, kept for 30d`),
      );
      const ended = once(keeper, 'exit');
      keeper.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
    } finally {
      keeper.kill('SIGKILL');
    }
    assert.deepEqual([...new Set(deleted)], [`/${first}`]);
  });
});
