import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { applyAccounts } from './accounts.js';

/** Stands in for a full Elasticsearch, which can't be had from a registry: the embedded one has no API for accounts. */
describe('accounts on a server with the security API', () => {
  let server: Server;
  let url: string;
  const asked: { line: string; body: unknown }[] = [];

  before(async () => {
    server = createServer(async (request, response) => {
      asked.push({ line: `${request.method} ${request.url}`, body: await json(request) });
      response.end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://elastic:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => server.close());

  it('are put after their roles, with their passwords, and Kibana gets its own', async () => {
    const passwords = { COLLECTOR_PASSWORD: 'one', SUPPORT_PASSWORD: 'two', KIBANA_PASSWORD: 'three' };
    assert.deepEqual(await applyAccounts(url, passwords), ['collector', 'support', 'kibana_system']);
    const users = asked.filter(({ line }) => line.includes('/user/'));
    assert.deepEqual(users, [
      { line: 'PUT /_security/user/collector', body: { password: 'one', roles: ['collector'] } },
      { line: 'PUT /_security/user/support', body: { password: 'two', roles: ['Support_Logs'] } },
      { line: 'POST /_security/user/kibana_system/_password', body: { password: 'three' } },
    ]);
    const roles = asked.filter(({ line }) => line.startsWith('PUT /_security/role/'));
    assert.ok(roles.length >= 3 && asked.indexOf(users[0] as never) > asked.indexOf(roles.at(-1) as never));
  });

  it('without a password are left out', async () => {
    asked.length = 0;
    assert.deepEqual(await applyAccounts(url, { SUPPORT_PASSWORD: 'two' }), ['support']);
    assert.ok(!asked.some(({ line }) => line.includes('collector') && line.includes('/user/')));
  });
});
