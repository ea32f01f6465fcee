import assert from 'node:assert/strict';
import { observeFixture, spanKinds } from './cases.js';
import { partsStartMs, theParts } from './parts.js';

describe('amqplib imported by an ES module', function () {
  this.timeout(partsStartMs);

  it("is instrumented: what a consumer logs is in its sender's trace, by both APIs", async () => {
    const { run, receiver } = await observeFixture(['messages.mjs', (await theParts()).brokerUrl]);
    assert.equal(run.code, 0, run.stderr);
    const worked = receiver.event('test.worked');
    assert.deepEqual(
      worked.map(({ attributes }) => attributes.api),
      ['promise', 'callback'],
    );
    for (const { spanId, traceId } of worked) {
      const consumer = receiver.spans.find((span) => span.spanId === spanId);
      assert.equal(consumer?.kind, spanKinds.consumer);
      const producer = receiver.spans.find((span) => span.spanId === consumer.parentSpanId);
      assert.equal(producer?.kind, spanKinds.producer);
      assert.equal(producer.traceId, traceId);
    }
    assert.equal(receiver.event('message.sent').length, 2);
    assert.equal(receiver.event('message.received').length, 2);
  });
});
