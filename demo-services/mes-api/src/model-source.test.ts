import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { binaryStl, cube } from './example-solids.js';
import { ModelError } from './model-error.js';
import { measureStored } from './model-source.js';

const EDGE_MM = 10;
const file = binaryStl(cube(EDGE_MM));
const model = {
  fileId: 'd1eb37ec-409b-4df2-9323-383369abf3a9',
  sizeBytes: file.length,
  sha256: createHash('sha256').update(file).digest('hex'),
};

describe('a model from the file store', () => {
  let storage: Server;
  let url: string;
  let content: Buffer;
  let status: number;

  before(async () => {
    storage = createServer((_request, response) => {
      response.writeHead(status, { 'content-length': file.length });
      response.write(content);
      if (content.length < file.length) setImmediate(() => response.destroy());
      else response.end();
    }).listen(0, '127.0.0.1');
    await once(storage, 'listening');
    url = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    [content, status] = [file, 200];
  });
  after(() => storage.close());

  it('is measured while it arrives', async () => {
    const { volumeMm3 } = await measureStored(url, model);
    assert.ok(Math.abs(volumeMm3 - EDGE_MM ** 3) < 0.01, String(volumeMm3));
  });

  it('is not believed where one bit of it is another, and is asked for again', async () => {
    content = Buffer.from(file);
    // The header of a binary STL, which nothing else looks at.
    content[10] = 0x41 ^ (content[10] ?? 0);
    const failure = measureStored(url, model);
    await assert.rejects(failure, /arrived with another checksum/);
    await assert.rejects(failure, (error) => !(error instanceof ModelError));
  });

  it('is asked for again where it breaks off on the way', async () => {
    content = file.subarray(0, 200);
    await assert.rejects(measureStored(url, model), (error) => !(error instanceof ModelError));
  });

  it('is given up where the store does not have it', async () => {
    status = 404;
    await assert.rejects(measureStored(url, model), ModelError);
  });
});
