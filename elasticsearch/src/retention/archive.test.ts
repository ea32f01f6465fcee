import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { archive } from './archive.js';

const index = '.ds-logs-CRM.otel-default-2026.11.21-000001';
const name = 'ds-logs-crm.otel-default-2026.11.21-000001';

/** Snapshots that fail, or go on for long, can't be made on purpose on the real server; the usual ones are, in collector/. */
describe('the archive', () => {
  let server: Server;
  let url: string;
  let snapshots: { snapshot: string; state: string }[];
  let made: string[];
  let outcome: string;

  before(async () => {
    server = createServer((request, response) => {
      if (request.method === 'GET') return response.end(JSON.stringify({ snapshots }));
      made.push(decodeURIComponent(new URL(request.url ?? '', url).pathname));
      return response.end(JSON.stringify({ snapshot: { state: outcome } }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    snapshots = [];
    made = [];
    outcome = 'SUCCESS';
  });
  after(() => server.close());

  it('takes an index once', async () => {
    await archive(url, index);
    assert.deepEqual(made, [`/_snapshot/archive/${name}`]);
    snapshots = [{ snapshot: name, state: 'SUCCESS' }];
    await archive(url, index);
    assert.equal(made.length, 1);
  });

  it('waits for what is under way', async () => {
    snapshots = [{ snapshot: name, state: 'IN_PROGRESS' }];
    await assert.rejects(archive(url, index), /is not finished yet/);
    assert.deepEqual(made, []);
  });

  it('says that a snapshot failed, and makes another in its place', async () => {
    outcome = 'PARTIAL';
    await assert.rejects(archive(url, index), new RegExp(`the snapshot ${name} is PARTIAL`));
    snapshots = [{ snapshot: name, state: 'PARTIAL' }];
    outcome = 'SUCCESS';
    await archive(url, index);
    assert.equal(made.at(-1), `/_snapshot/archive/${name}-2`);
  });
});
