import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { newSpanId, newTraceId, type Sender, sendLogs, sendSpans } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, stored } from './store.js';

const shop: Sender = { resource: { 'service.name': 'shop-api' } };

/** What is stored once, and what is refused. That nothing acknowledged is lost is shown in oracle/. */
export function describeDurability(addresses: () => Addresses): void {
  describe('what is sent twice is stored once', () => {
    it('as a span, by its id', async () => {
      const span = { traceId: newTraceId(), spanId: newSpanId(), name: 'x' };
      const events = [{ name: 'x', timeUnixNano: '1795224748615000000' }];
      const spans = [
        { ...span, events },
        { ...span, events },
        { ...span, spanId: newSpanId(), events },
      ];
      assert.equal(await sendSpans(addresses().otlp, shop, spans), 200);
      await stored(addresses().admin, ofTrace(span.traceId), 4);
    });

    it('as a log record, by the uid that its sender gave it', async () => {
      const record = { traceId: newTraceId(), body: 'x', timeUnixNano: '1795224748615000000' };
      const [once, other] = [newTraceId(), newTraceId()].map((uid) => ({
        ...record,
        attributes: { 'log.record.uid': uid },
      }));
      assert.ok(once && other);
      assert.equal(await sendLogs(addresses().otlp, shop, [once, once, other, record, record]), 200);
      await stored(addresses().admin, ofTrace(record.traceId), 4);
    });
  });

  it('a record that fills a request to its limit is stored whole', async () => {
    const record = { traceId: newTraceId(), body: 'ring '.repeat(838_000) };
    assert.equal(await sendLogs(addresses().otlp, shop, [record]), 200);
    const [document] = await stored(addresses().admin, ofTrace(record.traceId), 1);
    assert.equal(document?._source.body?.text, record.body);
  });

  for (const type of ['json', 'x-protobuf'] as const) {
    for (const isPacked of [false, true]) {
      it(`a request that is larger than what can be stored is refused in words, not accepted and dropped: ${type}${isPacked ? ', packed' : ''}`, async () => {
        const text = Buffer.from(JSON.stringify({ resourceLogs: [], text: 'x'.repeat(5_000_000) }));
        const response = await fetch(`${addresses().otlp}/v1/logs`, {
          method: 'POST',
          headers: { 'content-type': `application/${type}`, ...(isPacked && { 'content-encoding': 'gzip' }) },
          body: isPacked ? gzipSync(text) : text,
        });
        // The preload takes such an answer for a 413, and sends its batch again in halves (instrumentation/src/export/batch.ts).
        assert.equal(response.status, 400);
        assert.match(await response.text(), /too large/);
      });
    }
  }
}
