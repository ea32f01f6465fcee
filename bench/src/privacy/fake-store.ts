import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Store {
  readonly url: string;
  /** The documents that arrived, as the JSON text of each. */
  readonly documents: string[];
  close(): Promise<void>;
}

/** Takes bulk requests as Elasticsearch does and keeps the documents: what the collector would have stored, to the byte. */
export async function openStore(keep: boolean): Promise<Store> {
  const documents: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('x-elastic-product', 'Elasticsearch');
      response.setHeader('content-type', 'application/json');
      const sent = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      const lines = body
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '');
      const stored = lines.filter((_, i) => i % 2 === 1);
      if (keep) documents.push(...stored);
      const items = stored.map(() => ({
        create: {
          _index: 'x',
          _id: 'x',
          status: 201,
          result: 'created',
          _shards: { total: 1, successful: 1, failed: 0 },
        },
      }));
      response.end(JSON.stringify({ took: 1, errors: false, items, version: { number: '8.19.0' } }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    documents,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}
