import assert from 'node:assert/strict';
import { type Case, type Cases, linesOf, runCases } from './cases.js';

const status = 'http.response.status_code';
/** Ways in which one side goes before the answer has begun, with the path that was asked for. */
const abortedBeforeTheAnswer: Readonly<Record<string, string>> = {
  'server hangs up': '/hangs-up',
  'server hangs up on fetch': '/hangs-up',
  'client aborts an upload': '/half-upload',
  'fetch with a time-out': '/half-upload',
};
const streams = ['upload', 'upload by fetch', 'download', 'download by fetch', 'echo'];

describe('HTTP under the preload', function () {
  this.timeout(60_000);
  let cases: Cases;

  before(async () => {
    cases = await runCases(['http-cases.cjs']);
  });

  it('gives the service the answers and the errors that it gives without', () => {
    assert.deepEqual(cases.observed, cases.bare);
    assert.ok(cases.names.length > 15);
  });

  it('tells the requests of one kept connection apart', () => {
    const own = cases.of('keep-alive');
    assert.deepEqual(pathsOf(own), ['/one', '/two', '/three']);
    assert.deepEqual(cases.observed.get('keep-alive'), [['/one', '/two', '/three'], 1]);
    for (const logged of own.event('test.other asked')) {
      const span = own.kind('server').find(({ spanId }) => spanId === logged.spanId);
      assert.equal(span?.attributes['url.path'], logged.attributes.path);
    }
  });

  for (const name of ['answers by http', 'answers by fetch']) {
    it(`records each answer on both sides: ${name}`, () => {
      const own = cases.of(name);
      const others = outsideOfTheCase(own);
      assert.deepEqual(
        own.event('http.server.request').flatMap(({ attributes }) => (isOther(attributes) ? [attributes[status]] : [])),
        [204, 404, 503],
      );
      const clients = others.filter(({ kind }) => kind === 3);
      assert.deepEqual(
        clients.map(({ attributes }) => [attributes[status], attributes['error.type']]),
        [
          [204, undefined],
          [404, '404'],
          [503, '503'],
        ],
      );
      const [failed, ...more] = own.event('api.failed');
      assert.deepEqual(more, []);
      assert.equal(failed?.attributes['url.path'], '/503');
      assert.equal(failed?.attributes['exception.message'], 'Service Unavailable');
    });

    it(`hangs each server's span under its client's: ${name}`, () => {
      const others = outsideOfTheCase(cases.of(name));
      const clients = new Map(others.filter(({ kind }) => kind === 3).map((span) => [span.spanId, span]));
      const servers = others.filter(({ kind }) => kind === 2);
      assert.equal(servers.length, 3);
      for (const server of servers)
        assert.equal(clients.get(server.parentSpanId)?.attributes[status], server.attributes[status]);
    });
  }

  for (const [name, path] of Object.entries(abortedBeforeTheAnswer)) {
    it(`records a request without an answer, and its client's error: ${name}`, () => {
      const own = cases.of(name);
      const request = own.event('http.server.request').find(({ attributes }) => attributes['url.path'] === path);
      assert.ok(request);
      assert.ok(!(status in request.attributes));
      assert.match(request.body, / aborted in \d+ ms$/);
      const client = outsideOfTheCase(own).find(({ kind }) => kind === 3);
      assert.ok(client?.attributes['error.type'], JSON.stringify(client));
    });
  }

  it('says of an answer that it broke off', () => {
    const own = cases.of('server breaks off');
    const [request] = own.event('http.server.request').filter(({ attributes }) => isOther(attributes));
    assert.match(request?.body ?? '', / 200 aborted in \d+ ms$/);
    const server = outsideOfTheCase(own).find(({ kind }) => kind === 2);
    assert.equal(server?.attributes['error.type'], 'aborted');
    const whole = cases.names.filter((name) => streams.includes(name)).flatMap((name) => cases.of(name).spans);
    assert.deepEqual(
      whole.filter(({ attributes }) => attributes['error.type'] !== undefined),
      [],
    );
  });

  it('records a refused connection as the error of its client', () => {
    const [client] = outsideOfTheCase(cases.of('refused'));
    assert.equal(client?.attributes['error.type'], 'ECONNREFUSED');
    assert.equal(client?.attributes['server.port'], 2);
  });

  for (const name of streams) {
    it(`lets a stream through whole, one span on each side: ${name}`, () => {
      assert.equal(cases.observed.get(name), name === 'echo' ? 'RINGS' : true);
      const others = outsideOfTheCase(cases.of(name));
      assert.deepEqual(others.map(({ kind }) => kind).sort(), [2, 3]);
      assert.deepEqual([...new Set(others.map(({ attributes }) => attributes[status]))], [200]);
    });
  }

  it('knows the visitor behind a proxy, and the proxy', () => {
    const server = outsideOfTheCase(cases.of('behind a proxy')).find(({ kind }) => kind === 2);
    assert.equal(server?.attributes['client.address'], '203.0.113.7');
    assert.equal(server?.attributes['network.peer.address'], '127.0.0.1');
  });

  it('sends no value of a query string, but says which keys it had', () => {
    for (const value of ['rose.tanner', 'example.com', '4111111111111111'])
      assert.ok(!cases.sent.includes(value), value);
    for (const name of ['personal data in the query', 'personal data in the query by fetch']) {
      const others = outsideOfTheCase(cases.of(name));
      const server = others.find(({ kind }) => kind === 2);
      assert.equal(server?.attributes['url.query'], 'email=?&card=?&q=?');
      const client = others.find(({ kind }) => kind === 3);
      assert.match(String(client?.attributes['url.full']), /\/search\?email=\?&card=\?&q=\?$/);
    }
  });

  it('prints the trace of each request on the line that it logs', () => {
    const lines = linesOf(cases.run).filter(({ event }) => event === 'test.other asked');
    assert.ok(lines.length > 15);
    for (const line of lines) assert.equal(line.trace_id, cases.of(String(line['test.case'])).traceId);
  });
});

function isOther(attributes: Readonly<Record<string, unknown>>): boolean {
  return !String(attributes['url.path'] ?? attributes['url.full']).includes('/case/');
}

/** Spans of what the case asked, without the request that ran it. */
function outsideOfTheCase(own: Case) {
  return own.spans.filter(({ attributes }) => isOther(attributes));
}

function pathsOf(own: Case): unknown[] {
  return own.kind('server').flatMap(({ attributes }) => (isOther(attributes) ? [attributes['url.path']] : []));
}
