import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { bulkAnswer } from './bulk.js';
import { countDocuments } from './documents.js';
import { type Relay, startRelay } from './relay.js';

/** Real refusals by a real server are in collector/src; here, what is counted. */
describe('the relay counts', () => {
  let server: Server;
  let relay: Relay;
  /** Of the documents of the next requests, one after the other; then 201. */
  const statuses: number[] = [];

  before(async () => {
    server = createServer(async (incoming, response) => {
      const items = Array.from({ length: countDocuments(await buffer(incoming)) }, () => {
        const status = statuses.shift() ?? 201;
        return { create: { status, ...(status >= 300 && { error: { type: 'x' } }) } };
      });
      response.end(bulkAnswer(items).body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const elasticsearchUrl = `http://127.0.0.1:${port}`;
    relay = await startRelay({ elasticsearchUrl, host: '127.0.0.1', port: 0, status: async () => ({ more: 1 }) });
  });
  after(async () => {
    await relay.close();
    server.close();
    server.closeAllConnections();
  });

  async function send(documents: number, encoding?: 'gzip'): Promise<void> {
    const plain = '{"create":{"_index":"logs-x.otel-default","_id":"1"}}\n{"redaction.masked.count":1}\n'.repeat(
      documents,
    );
    const body = encoding ? gzipSync(plain) : plain;
    const headers = encoding ? { 'content-encoding': encoding } : {};
    const response = await fetch(`${relay.url}/_bulk`, { method: 'POST', headers, body });
    assert.equal(response.status, 200, await response.text());
  }

  it('what is stored or there already, and what it keeps, packed or not', async () => {
    await send(3, 'gzip');
    statuses.push(201, 409, 429, 400);
    await send(4);
    const expected = { sent: 5, masked: 7, rejected: 1, lastHour: { sent: 5, rejected: 1 } };
    assert.deepEqual(relay.counts(), expected);
    assert.deepEqual(await (await fetch(`${relay.url}/_relay`)).json(), { kept: 1, more: 1 });
  });
});
