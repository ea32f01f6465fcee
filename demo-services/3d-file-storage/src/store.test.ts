import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createApi, createLogger } from '@hallmark/foundation';
import { type Stack, startStack } from '@hallmark/stack';
import { fileRoutes } from './routes.js';
import { openFileStore } from './store.js';

const LIMIT_BYTES = 12_000_000;

describe('the file store', function () {
  this.timeout(120_000);
  let stack: Stack;
  let s3: S3Client;
  let server: Server;
  let url: string;
  let bucket: string;
  let numberOfBucket = 0;

  before(async () => {
    stack = await startStack({ parts: ['s3'] });
    const { AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = stack.env;
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID ?? '', secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '' };
    s3 = new S3Client({
      forcePathStyle: true,
      endpoint: AWS_ENDPOINT_URL_S3 ?? '',
      region: AWS_REGION ?? '',
      credentials,
    });
  });

  after(async () => {
    s3?.destroy();
    await stack?.stop();
  });

  beforeEach(async () => {
    bucket = `models-${++numberOfBucket}`;
    const logger = createLogger();
    logger.silent = true;
    server = createServer(createApi(logger, fileRoutes(await open(), logger)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const open = (abandonedAfterMs?: number) =>
    openFileStore({ s3, bucket, limitBytes: LIMIT_BYTES, ...(abandonedAfterMs !== undefined && { abandonedAfterMs }) });
  const objects = async () =>
    ((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key }) => Key);
  const unfinished = async () => (await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? [];
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
    assert.match(((await large.json()) as { error: string }).error, /12000000 bytes at most/);
    assert.equal((await put(randomUUID(), Buffer.alloc(0))).status, 400);
    assert.deepEqual([await objects(), await unfinished()], [[], []]);
  });

  it('sends a large file in parts, each with its checksum', async () => {
    const fileId = randomUUID();
    const content = randomBytes(11_000_000);
    assert.equal((await put(fileId, content)).status, 201);
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: fileId, ChecksumMode: 'ENABLED' }));
    // How many parts there were stands behind the checksum of their checksums.
    assert.deepEqual([head.ContentLength, head.ChecksumSHA256?.split('-')[1]], [11_000_000, '3']);
    const answer = await fetch(`${url}/files/${fileId}`);
    assert.equal(answer.headers.get('etag'), `"${createHash('sha256').update(content).digest('hex')}"`);
    assert.ok(content.equals(Buffer.from(await answer.arrayBuffer())));
  });

  it('keeps nothing of an upload that breaks off, in its first part or later', async () => {
    const store = await open();
    for (const bytesBefore of [1_000, 9_000_000]) {
      const broken = Readable.from(
        (function* () {
          yield Buffer.alloc(bytesBefore);
          throw new Error('gone');
        })(),
      );
      await assert.rejects(store.put(randomUUID(), broken), /gone/);
      assert.deepEqual([await objects(), await unfinished()], [[], []]);
    }
  });

  it('deletes at its start what a service that was killed left of an upload, but not what is under way', async () => {
    await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: randomUUID() }));
    await open();
    assert.equal((await unfinished()).length, 1);
    await open(0);
    assert.deepEqual(await unfinished(), []);
  });

  it('has no file of which only the content was stored when its service was killed', async () => {
    const fileId = randomUUID();
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: fileId, Body: 'x' }));
    assert.equal((await fetch(`${url}/files/${fileId}`)).status, 404);
  });

  it('answers 404 for a file that it does not have', async () => {
    assert.equal((await fetch(`${url}/files/${randomUUID()}`)).status, 404);
  });

  it('takes nothing but ids for names', async () => {
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
    assert.deepEqual(await objects(), []);
    const store = await open();
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
