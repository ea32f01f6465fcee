import assert from 'node:assert/strict';
import type { Receiver } from '../../../instrumentation/dist/testing/receiver.js';
import type { Run } from '../../../instrumentation/dist/testing/run-service.js';
import { linesOf, observeFixture, spanKinds } from './cases.js';
import { partsStartMs, theParts } from './parts.js';

/** The places of fixtures/preload/correlation.cjs, each reached by every request; all of them ask one pool with one connection. */
const places = [
  'handler',
  'after await',
  'event of the request',
  'event of its own',
  'after a query of the pool',
  'after connect of the pool',
  'callback of the pool',
  'callback of a client',
  'event of a query',
  'callback of a cursor',
  'consumer',
  'consumer after a query',
  'event of the response',
];
const requests = ['r0', 'r1', 'r2', 'r3', 'r4'];

describe('the trace of a log line while five requests are under way', function () {
  this.timeout(partsStartMs);
  let run: Run;
  let receiver: Receiver;

  before(async () => {
    const { databaseUrl, brokerUrl } = await theParts();
    ({ run, receiver } = await observeFixture(['correlation.cjs', databaseUrl, brokerUrl]));
    assert.equal(run.code, 0, run.stderr);
  });

  /** The trace of a request, by the span of its server. */
  function traceOf(request: string): string {
    const span = receiver.spans.find(
      ({ kind, attributes }) => kind === spanKinds.server && attributes['url.path'] === `/${request}`,
    );
    return span?.traceId ?? assert.fail(`no span of ${request}`);
  }

  for (const place of places) {
    it(`is that of its request: ${place}`, () => {
      const records = receiver.event('test.placed').filter(({ attributes }) => attributes.place === place);
      assert.deepEqual(records.map(({ attributes }) => attributes.request).sort(), requests);
      for (const { attributes, traceId } of records) assert.equal(traceId, traceOf(String(attributes.request)));
      const lines = linesOf(run).filter((line) => line.place === place);
      assert.equal(lines.length, requests.length);
      for (const line of lines) assert.equal(line.trace_id, traceOf(String(line.request)));
    });
  }

  it('differs from request to request', () => {
    assert.equal(new Set(requests.map(traceOf)).size, requests.length);
  });

  it('is on each query, also on those that waited for the connection', () => {
    for (const request of requests) {
      const queries = receiver.event('db.query').filter(({ traceId }) => traceId === traceOf(request));
      assert.equal(queries.length, 7, request);
    }
  });
});
