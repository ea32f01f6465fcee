import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findStory } from '../story/find-story.js';
import { connect } from './connect.js';

describe('a look-up while the shard of a new stream starts', () => {
  let server: Server;
  let url: string;
  let refusals = 0;
  let partialAnswers = 0;

  /** Answers 503 as Elasticsearch does before the first shard is up, then that there is nothing. */
  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json');
      refusals -= 1;
      if (refusals >= 0) {
        response.writeHead(503).end('{"error":{"type":"search_phase_execution_exception"},"status":503}');
      } else {
        const mayRead = { read: true };
        const index = {
          'logs-*.otel-default': mayRead,
          'logs-*.otel-orders': mayRead,
          'traces-*.otel-default': mayRead,
        };
        const hits = { total: { value: 0, relation: 'eq' }, hits: [] };
        response.end(
          JSON.stringify({
            id: 'pit',
            hits,
            index,
            _shards: { total: 2, successful: 1, failed: partialAnswers-- > 0 ? 1 : 0 },
          }),
        );
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => server.close());

  it('waits for it and then answers', async () => {
    refusals = 5;
    const story = await findStory(connect(url), { orderId: 'ORD-ABCDEFGH23' });
    assert.equal(story.verdict, 'empty');
    assert.ok(refusals < 0);
  });

  it('asks again where only some shards answered', async () => {
    partialAnswers = 3;
    const story = await findStory(connect(url), { orderId: 'ORD-ABCDEFGH23' });
    assert.deepEqual(story.gaps, []);
    assert.ok(partialAnswers < 0);
  });
});
