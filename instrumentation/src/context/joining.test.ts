import assert from 'node:assert/strict';
import { type ReceivedSpan, startReceiver } from '../testing/receiver.js';
import { runService } from '../testing/run-service.js';

const visitor = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

/** Sends one request with these headers to a server of its own; returns the server's span and the trace of its records. */
async function visit(
  headers: Record<string, string>,
  acceptFrom?: string,
): Promise<{ span: ReceivedSpan | undefined; logged: Set<string> }> {
  const receiver = await startReceiver();
  const answered = Promise.withResolvers<void>();
  const run = await runService({
    args: ['two-services.cjs', 'inner'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_PROPAGATORS: 'tracecontext,baggage,b3,b3multi',
      HALLMARK_EXIT_TIMEOUT_MS: '10000',
      ...(acceptFrom && { HALLMARK_TRACE_ACCEPT_FROM: acceptFrom }),
    },
    onOutput: (chunk, kill) => {
      const port = /port (\d+)/.exec(chunk)?.[1];
      if (!port) return;
      fetch(`http://127.0.0.1:${port}/`, { headers })
        .then((response) => response.text())
        .then(() => answered.resolve(), answered.reject)
        .finally(() => kill('SIGTERM'));
    },
  });
  await answered.promise;
  await receiver.close();
  assert.equal(run.code, 0, run.stderr);
  const logged = receiver.event('inner.worked').map(({ traceId }) => traceId);
  assert.equal(logged.length, 1);
  return { span: receiver.spans.find(({ kind }) => kind === 2), logged: new Set(logged) };
}

function traceparent(flags: string): Record<string, string> {
  return { traceparent: `00-${visitor.traceId}-${visitor.spanId}-${flags}`, tracestate: 'shop=1' };
}

describe("a request's trace", function () {
  this.timeout(40_000);

  it('is joined by default', async () => {
    const { span, logged } = await visit(traceparent('01'));
    assert.deepEqual([span?.traceId, span?.parentSpanId], [visitor.traceId, visitor.spanId]);
    assert.deepEqual(logged, new Set([visitor.traceId]));
    const unsampled = await visit(traceparent('00'));
    assert.equal(unsampled.span, undefined);
  });

  it('is joined when the peer is listed', async () => {
    const { span } = await visit(traceparent('01'), '192.0.2.1,127.0.0.0/8');
    assert.deepEqual([span?.traceId, span?.parentSpanId], [visitor.traceId, visitor.spanId]);
  });

  const foreign: readonly [string, Record<string, string>][] = [
    ['traceparent with flag 00', traceparent('00')],
    ['traceparent with flag 01', traceparent('01')],
    ['b3', { b3: `${visitor.traceId}-${visitor.spanId}-0` }],
    ['b3 in several headers', { 'x-b3-traceid': visitor.traceId, 'x-b3-spanid': visitor.spanId, 'x-b3-sampled': '0' }],
  ];
  for (const [what, headers] of foreign) {
    it(`is a new one, sampled, for a ${what} from a peer that is not accepted`, async () => {
      for (const acceptFrom of ['none', '192.0.2.1']) {
        const { span, logged } = await visit(headers, acceptFrom);
        assert.ok(span, 'the span is exported');
        assert.equal(span.parentSpanId, '');
        assert.notEqual(span.traceId, visitor.traceId);
        assert.deepEqual(logged, new Set([span.traceId]));
      }
    });
  }
});
