import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { applyRetention } from './apply.js';
import { parseRetention, retentionFile } from './load.js';

const { profiles } = parseRetention(readFileSync(retentionFile, 'utf8'));

/** Stands in for an Elasticsearch with index lifecycle management, which can't be had from a registry. */
describe('retention on a server with index lifecycle management', () => {
  let server: Server;
  let url: string;
  let ilmStatus = 200;
  let asked: { line: string; body: unknown }[] = [];

  before(async () => {
    server = createServer(async (request, response) => {
      const body = await text(request);
      const line = `${request.method} ${request.url?.split('?')[0]}`;
      if (line === 'GET /_ilm/status') response.statusCode = ilmStatus;
      else asked.push({ line, body: JSON.parse(body) });
      response.end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://elastic:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
    ilmStatus = 200;
  });
  after(() => server.close());

  const apply = (name: string) => {
    const profile = profiles[name];
    assert.ok(profile);
    return applyRetention(url, profile);
  };
  const bodyOf = (line: string) =>
    asked.find((each) => each.line === line)?.body as
      | { template?: object; repository?: string; policy?: { phases: { delete: { min_age: string } } } }
      | undefined;

  it('puts what exists and what will be made under one policy, whose name never changes', async () => {
    assert.equal(await apply('default'), true);
    assert.deepEqual(
      asked.map(({ line }) => line),
      [
        'PUT /_ilm/policy/hallmark',
        'PUT /_component_template/hallmark@lifecycle',
        'PUT /logs-*.otel-*,metrics-*.otel-*,traces-*.otel-*/_settings',
      ],
    );
    const named = { index: { lifecycle: { name: 'hallmark' } } };
    assert.deepEqual(bodyOf('PUT /_component_template/hallmark@lifecycle')?.template, { settings: named });
    assert.deepEqual(asked.at(-1)?.body, named);
  });

  it('replaces the policy when another profile is named later', async () => {
    const deletedAt = () => bodyOf('PUT /_ilm/policy/hallmark')?.policy?.phases.delete.min_age;
    await apply('default');
    assert.equal(deletedAt(), '30d');
    asked = [];
    await apply('D4');
    assert.equal(deletedAt(), '180d');
  });

  it('makes the snapshots that an archive waits for before the policy that waits', async () => {
    await apply('D0');
    assert.deepEqual(
      asked.slice(0, 2).map(({ line }) => line),
      ['PUT /_slm/policy/hallmark-archive', 'PUT /_ilm/policy/hallmark'],
    );
    assert.equal(bodyOf('PUT /_slm/policy/hallmark-archive')?.repository, 'archive');
  });

  for (const status of [400, 404, 405]) {
    it(`changes nothing where the server answers ${status}: there the keeper does it`, async () => {
      ilmStatus = status;
      assert.equal(await apply('D0'), false);
      assert.deepEqual(asked, []);
    });
  }

  it('fails where the server can not say whether it has it', async () => {
    ilmStatus = 503;
    await assert.rejects(apply('default'), /answered 503/);
    assert.deepEqual(asked, []);
  });
});
