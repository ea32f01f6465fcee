import assert from 'node:assert/strict';
import type { Stack } from '@hallmark/stack';
import { newSpanId, newTraceId, type Sender, sendLogs, sendSpans } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ask, ofTrace, stored } from './store.js';

const shop: Sender = { resource: { 'service.name': 'shop-api' } };
const faultTimeoutMs = 180_000;

export function describeDurability(stack: () => Stack, addresses: () => Addresses): void {
  /** @returns how many of the records were acknowledged */
  async function send(traceId: string, from: number, requests: number): Promise<number> {
    let acknowledged = 0;
    for (let request = 0; request < requests; request++) {
      const records = Array.from({ length: 10 }, (_, at) => ({ traceId, body: `record ${from + request * 10 + at}` }));
      if ((await sendLogs(addresses().otlp, shop, records)) === 200) acknowledged += records.length;
    }
    return acknowledged;
  }

  describe('nothing acknowledged is lost', function () {
    this.timeout(faultTimeoutMs);

    it('when the collector is killed, and then stopped in order, while Elasticsearch is away', async () => {
      const { elasticsearch, collector } = stack().parts;
      const traceId = newTraceId();
      await elasticsearch.stop();
      let acknowledged = await send(traceId, 0, 20);
      await collector.kill('SIGKILL');
      await collector.start();
      acknowledged += await send(traceId, 200, 20);
      await collector.stop();
      await collector.start();
      acknowledged += await send(traceId, 400, 1);
      await elasticsearch.start();
      assert.equal(acknowledged, 410);
      const documents = await stored(addresses().admin, ofTrace(traceId), acknowledged);
      assert.equal(new Set(documents.map(({ _source }) => _source.body?.text)).size, acknowledged);
    });

    it('when Elasticsearch refuses the stream for a while', async () => {
      const { admin } = addresses();
      const traceId = newTraceId();
      await ask(admin, 'PUT', '/logs-shop_api.otel-default/_settings', { index: { 'blocks.write': true } });
      const acknowledged = await send(traceId, 0, 5);
      await ask(admin, 'PUT', '/logs-shop_api.otel-default/_settings', { index: { 'blocks.write': null } });
      assert.equal(acknowledged, 50);
      await stored(admin, ofTrace(traceId), acknowledged);
    });
  });

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

  it('a request that is larger than what can be stored is refused, not accepted and dropped', async () => {
    const records = [{ traceId: newTraceId(), body: 'x'.repeat(5_000_000) }];
    assert.equal(await sendLogs(addresses().otlp, shop, records), 400);
  });
}
