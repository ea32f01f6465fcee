import assert from 'node:assert/strict';
import { defaultTextMapSetter, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { createPropagator } from './propagation.js';

const spanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const S3_AGENT = 'aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#24.21.0 api/s3#3.1169.0 m/Z,b,U,E,g';

/** The headers of a request in that trace. */
function sent(headers: Record<string, string>, propagators: readonly string[] = []): Record<string, string> {
  const propagator = createPropagator(
    propagators,
    () => true,
    () => assert.fail('a propagator is unknown'),
  );
  propagator?.inject(trace.setSpanContext(ROOT_CONTEXT, spanContext), headers, defaultTextMapSetter);
  return headers;
}

describe('a request to S3', () => {
  it('has its trace behind its User-Agent, which the access log keeps', () => {
    const { 'user-agent': agent, traceparent } = sent({ 'user-agent': S3_AGENT });
    assert.equal(traceparent, `00-${spanContext.traceId}-${spanContext.spanId}-01`);
    assert.equal(agent, `${S3_AGENT} traceparent/${traceparent}`);
  });

  it('has the keys there too that are sent to its destination', () => {
    const { 'user-agent': agent } = sent({ 'user-agent': S3_AGENT, baggage: 'order.id=ORD-AAAAAAAAAA' });
    assert.match(agent ?? '', / baggage\/order\.id=ORD-AAAAAAAAAA$/);
  });

  it('keeps its User-Agent where no trace is sent', () => {
    assert.deepEqual(sent({ 'user-agent': S3_AGENT }, ['baggage']), { 'user-agent': S3_AGENT });
    assert.deepEqual(sent({ 'user-agent': S3_AGENT }, ['none']), { 'user-agent': S3_AGENT });
  });

  it('is told from requests to others, whose User-Agent stays as it is', () => {
    for (const agent of ['node', 'aws-sdk-js/3.1169.0 api/sqs#3.1169.0', 'myapi/s3#1']) {
      assert.equal(sent({ 'user-agent': agent })['user-agent'], agent);
    }
    assert.deepEqual(Object.keys(sent({})), ['traceparent']);
  });
});
