import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createApi, createLogger } from '@hallmark/foundation';
import { fileRoutes } from './routes.js';
import { openFileStore } from './store.js';

const LIMIT_BYTES = 100_000;

describe('the file store', () => {
  let parent: string;
  let folder: string;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'file-store-'));
    folder = join(parent, 'files');
    const logger = createLogger();
    logger.silent = true;
    server = createServer(createApi(logger, fileRoutes(await openFileStore(folder, LIMIT_BYTES), logger)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await rm(parent, { recursive: true });
  });

  const put = (fileId: string, body: Buffer) =>
    fetch(`${url}/files/${fileId}`, { method: 'PUT', body: new Uint8Array(body) });

  it('gives back what was stored, with its size and checksum', async () => {
    const fileId = randomUUID();
    const content = randomBytes(70_000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const stored = await put(fileId, content);
    assert.equal(stored.status, 201);
    assert.deepEqual(await stored.json(), { fileId, sizeBytes: 70_000, sha256 });
    const answer = await fetch(`${url}/files/${fileId}`);
    assert.equal(answer.headers.get('etag'), `"${sha256}"`);
    assert.equal(answer.headers.get('content-length'), '70000');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), content);
  });

  it('refuses what is too large or empty, and keeps nothing of it', async () => {
    const large = await put(randomUUID(), Buffer.alloc(LIMIT_BYTES + 1));
    assert.equal(large.status, 413);
    assert.match(((await large.json()) as { error: string }).error, /100000 bytes at most/);
    assert.equal((await put(randomUUID(), Buffer.alloc(0))).status, 400);
    assert.deepEqual(await readdir(folder), []);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const store = await openFileStore(folder, LIMIT_BYTES);
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(1_000);
        throw new Error('gone');
      })(),
    );
    await assert.rejects(store.put(randomUUID(), broken), /gone/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('answers 404 for a file that it does not have', async () => {
    assert.equal((await fetch(`${url}/files/${randomUUID()}`)).status, 404);
  });

  it('never leaves its folder', async () => {
    const paths = [
      '../outside',
      '..%2foutside',
      '%2e%2e%2foutside',
      '..%5coutside',
      'a%00b',
      '.',
      `${randomUUID()}%2f..%2f..%2foutside`,
    ];
    for (const path of paths) {
      for (const method of ['PUT', 'GET']) {
        const status = await rawStatus(url, method, `/files/${path}`);
        assert.ok(status === 400 || status === 404, `${method} ${path} was answered with ${status}`);
      }
    }
    assert.deepEqual(await readdir(parent), ['files']);
    assert.deepEqual(await readdir(folder), []);
    const store = await openFileStore(folder, LIMIT_BYTES);
    await assert.rejects(store.put('../outside', Readable.from(['x'])), /lower-case UUID/);
    await assert.rejects(store.open('../../etc/passwd'), /lower-case UUID/);
  });
});

// fetch would tidy the path up before it is sent.
async function rawStatus(url: string, method: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, method, path });
  sent.end(method === 'PUT' ? 'content' : undefined);
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}
