import assert from 'node:assert/strict';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { runService } from '../testing/run-service.js';

async function runWeb(env: Record<string, string>): Promise<Receiver> {
  const receiver = await startReceiver();
  const common = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '10000' };
  const run = await runService({ args: ['web.cjs'], env: { ...common, ...env } });
  await receiver.close();
  assert.equal(run.code, 0, run.stderr);
  return receiver;
}

const paths = (receiver: Receiver, event: string) =>
  receiver.event(event).map(({ attributes }) => attributes['url.path']);

describe('records of HTTP requests', function () {
  this.timeout(40_000);
  let receiver: Receiver;

  before(async () => {
    receiver = await runWeb({ HALLMARK_IGNORE_PATHS: '/health', HALLMARK_CONTEXT_FROM: 'order.id=orderId' });
  });

  it('are written for each request but those to paths that are ignored', () => {
    assert.deepEqual(paths(receiver, 'http.server.request'), [
      '/orders/ORD-7',
      '/missing',
      '/broken',
      '/throws',
      '/slow',
    ]);
    const servers = receiver.spans.filter(({ kind }) => kind === 2).map(({ attributes }) => attributes['url.path']);
    assert.ok(!servers.includes('/health'));
  });

  it('carry method, path without its query, route, status and duration in seconds', () => {
    const [order] = receiver.event('http.server.request');
    const { 'http.server.request.duration': duration, ...fields } = order?.attributes ?? {};
    assert.deepEqual(fields, {
      'http.request.method': 'GET',
      'url.path': '/orders/ORD-7',
      'http.route': '/orders/:orderId',
      'http.response.status_code': 200,
      'order.id': 'ORD-7',
    });
    assert.ok(typeof duration === 'number' && duration > 0 && duration < 5);
    assert.equal(order?.severityText, 'INFO');
  });

  it('take the key from the route parameter for what is logged in the handler and for the spans', () => {
    const [looked] = receiver.event('test.looked');
    assert.equal(looked?.attributes['order.id'], 'ORD-7');
    const spans = receiver.spans.filter(({ traceId, kind }) => traceId === looked?.traceId && kind !== 3);
    assert.deepEqual(spans.map(({ name, attributes }) => [name, attributes['order.id']]).sort(), [
      ['GET /orders/:orderId', 'ORD-7'],
      ['request handler - /orders/:orderId', 'ORD-7'],
    ]);
  });

  it('say why an answer is 5xx, and call no other answer a failure', () => {
    assert.deepEqual(paths(receiver, 'api.failed'), ['/broken', '/throws']);
    const [broken, throws] = receiver.event('api.failed');
    assert.equal(broken?.severityText, 'ERROR');
    assert.equal(broken?.attributes['http.response.status_code'], 503);
    assert.equal(broken?.attributes['error.type'], 'RangeError');
    assert.equal(broken?.attributes['exception.message'], 'no such ring');
    assert.equal(throws?.attributes['exception.message'], 'thrown in the handler');
    assert.equal(throws?.attributes['error.type'], 'TypeError');
  });

  it('know a request that its client gave up', () => {
    const slow = receiver.event('http.server.request').find(({ attributes }) => attributes['url.path'] === '/slow');
    assert.match(slow?.body ?? '', /aborted/);
    assert.ok(!('http.response.status_code' in (slow?.attributes ?? {})));
  });

  it('are there, with their trace, when no trace is exported', async () => {
    const unsampled = await runWeb({ OTEL_TRACES_SAMPLER: 'always_off' });
    assert.deepEqual(unsampled.spans, []);
    assert.equal(unsampled.event('http.server.request').length, 7);
    assert.equal(unsampled.event('api.failed').length, 2);
    assert.match(String(unsampled.event('test.looked')[0]?.traceId), /^[0-9a-f]{32}$/);
  });

  it('can be switched off, kind by kind', async () => {
    const less = await runWeb({ HALLMARK_RECORDS_OFF: 'http.server.request, service.started' });
    assert.deepEqual([...new Set(less.records.map(({ eventName }) => eventName))].sort(), [
      '',
      'api.failed',
      'service.stopped',
      'test.looked',
    ]);
  });

  it('can be switched off for a library, as upstream does it', async () => {
    const none = await runWeb({ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http,undici,express' });
    assert.deepEqual(none.spans, []);
    assert.equal(none.event('test.looked')[0]?.traceId, '');
    const some = await runWeb({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' });
    assert.deepEqual(new Set(some.spans.map(({ kind }) => kind)), new Set([2, 3]));
    assert.deepEqual(some.event('test.looked'), []);
  });

  it('go out as protobuf and compressed too', async () => {
    const binary = await runWeb({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    });
    assert.deepEqual(new Set(binary.bodies.map(({ type }) => type)), new Set(['application/x-protobuf']));
    assert.deepEqual(new Set(binary.bodies.map(({ path }) => path)), new Set(['/v1/logs', '/v1/traces']));
    const all = Buffer.concat(binary.bodies.map(({ body }) => body));
    for (const text of ['http.server.request', 'service.stopped', '/orders/ORD-7', 'fixture-service'])
      assert.ok(all.includes(text), text);
  });
});
