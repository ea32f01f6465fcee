import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elasticsearchDistribution } from '../elasticsearch/distribution.js';
import { StackError } from '../failure.js';
import { download } from './download.js';

const content = Buffer.from('the content of a distribution');
const sha512 = createHash('sha512').update(content).digest('hex');

describe('a download', () => {
  let folder: string;
  let server: Server;
  let answer: RequestListener;
  let url: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'download-test-'));
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  });

  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const fetchFile = () =>
    download({ what: 'Thing 1.0', url, sha512, toFile: join(folder, 'thing'), env: {}, onProgress: () => undefined });

  const failsInOneLine = async (work: Promise<unknown>, pattern: RegExp) => {
    await assert.rejects(work, (error: Error) => {
      assert.ok(error instanceof StackError, String(error.stack));
      assert.match(error.message, pattern);
      assert.equal(error.message.split('\n').length, 1);
      return true;
    });
    assert.deepEqual(readdirSync(folder), []);
  };

  it('that is whole is kept, also after a redirection', async () => {
    answer = (request, response) =>
      request.url === '/moved' ? response.end(content) : response.writeHead(302, { location: '/moved' }).end();
    await fetchFile();
    assert.deepEqual(readFileSync(join(folder, 'thing')), content);
  });

  it('that was cut is removed', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 10), () => response.destroy());
    };
    await failsInOneLine(fetchFile(), /^Thing 1\.0: the download from http.* broke off .*run again$/);
  });

  it('with other bytes than expected is removed', async () => {
    answer = (_request, response) => response.end('something else');
    await failsInOneLine(
      fetchFile(),
      /^Thing 1\.0: .* has the sha512 [0-9a-f]{16}…, expected [0-9a-f]{16}…; it was removed/,
    );
  });

  it('that the server does not have names the address and the status', async () => {
    answer = (_request, response) => response.writeHead(404).end();
    await failsInOneLine(fetchFile(), new RegExp(`${url} answered 404`));
  });

  it('from a server that is away says so', async () => {
    const nobody = { what: 'Thing 1.0', url: 'http://127.0.0.1:1/', sha512, toFile: join(folder, 'thing') };
    await failsInOneLine(download({ ...nobody, env: {}, onProgress: () => undefined }), /ECONNREFUSED/);
  });

  it('of Elasticsearch that is broken leaves nothing in the cache, so that the next run fetches it again', async () => {
    let requests = 0;
    answer = (_request, response) => {
      requests += 1;
      response.end('not a zip file');
    };
    const env = { HALLMARK_CACHE: folder, HALLMARK_MAVEN_URL: url };
    for (const expectedRequests of [1, 2]) {
      await failsInOneLine(
        elasticsearchDistribution({ env, onProgress: () => undefined }),
        /^Elasticsearch 8\.19\.21: /,
      );
      assert.equal(requests, expectedRequests);
    }
  });
});
