import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { observeFixture, runFixture, spanKinds } from './cases.js';
import { npmFolder } from './npm-folder.js';

const dependencies = { '@koa/router': '15.7.0', fastify: '5.12.8', koa: '3.3.0' };
const installMs = 300_000;
const orders: Readonly<Record<string, readonly string[]>> = {
  koa: ['ORD-A', 'ORD-B'],
  fastify: ['ORD-A', 'ORD-B', 'ORD-C'],
};

describe('route parameters', function () {
  this.timeout(60_000);
  let folder = '';

  before(async function () {
    this.timeout(installMs);
    const manifest = JSON.stringify({ private: true, dependencies });
    folder = await npmFolder(
      'frameworks-koa-3.3.0-fastify-5.12.8',
      (made) => writeFile(join(made, 'package.json'), manifest),
      ['install'],
    );
  });

  for (const name of ['koa', 'fastify']) {
    it(`become the order of all that a request of ${name} writes, each its own`, async () => {
      const args = ['frameworks.cjs', folder, name];
      const bare = await runFixture(args);
      const { run, receiver } = await observeFixture(args, { HALLMARK_CONTEXT_FROM: 'order.id=orderId' });
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(answers(run.stdout), answers(bare.stdout));
      const handled = receiver.event('test.handled');
      assert.deepEqual(handled.map(({ attributes }) => attributes.asked).sort(), orders[name]);
      for (const { attributes, traceId } of handled) {
        assert.equal(attributes['order.id'], attributes.asked);
        const [request] = receiver.event('http.server.request').filter((record) => record.traceId === traceId);
        assert.equal(request?.attributes['order.id'], attributes.asked);
        assert.equal(request?.attributes['http.route'], '/orders/:orderId');
        const [span] = receiver.spans.filter((one) => one.traceId === traceId && one.kind === spanKinds.server);
        assert.equal(span?.attributes['order.id'], attributes.asked);
      }
    });
  }
});

const answers = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('['));
