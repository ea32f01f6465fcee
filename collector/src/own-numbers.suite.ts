import assert from 'node:assert/strict';
import { type Stack, waitUntil } from '@hallmark/stack';
import { newTraceId, sendLogs } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { search } from './store.js';

/** The relay looks every 10 s and sends what it saw every third time. Unit: milliseconds. */
const patienceMs = 90_000;

interface Status {
  readonly collector?: {
    readonly received: number;
    readonly sent: number;
    readonly masked: number;
    readonly queueCapacityBytes: number;
  };
}

export function describeOwnNumbers(stack: () => Stack, addresses: () => Addresses): void {
  describe("the collector's own numbers", function () {
    this.timeout(2 * patienceMs);

    it('are told by its relay', async () => {
      const records = [{ traceId: newTraceId(), body: 'card 4111 1111 1111 1111' }];
      assert.equal(await sendLogs(addresses().otlp, { resource: { 'service.name': 'shop-api' } }, records), 200);
      let seen: Status['collector'];
      const isCounted = async () => {
        const response = await fetch(stack().env.COLLECTOR_STATUS_URL ?? '');
        seen = ((await response.json()) as Status).collector;
        return (seen?.received ?? 0) > 0 && (seen?.sent ?? 0) > 0 && (seen?.masked ?? 0) > 0;
      };
      assert.ok(await waitUntil(isCounted, { timeoutMs: patienceMs }), JSON.stringify(seen));
      assert.equal(seen?.queueCapacityBytes, 1_000_000_000);
    });

    it('reach the store as records of the service collector', async () => {
      const query = {
        bool: {
          filter: [
            { term: { event_name: 'collector.status' } },
            { range: { 'attributes.collector.received': { gt: 0 } } },
          ],
        },
      };
      const isStored = async () => (await search(addresses().support, query)).length > 0;
      assert.ok(await waitUntil(isStored, { timeoutMs: patienceMs, intervalMs: 500 }));
      const [document] = await search(addresses().support, query);
      assert.match(document?._index ?? '', /^\.ds-logs-collector\.otel-default-/);
      // By this id its relay sees it come by, and how far the queue has come.
      assert.match(document?._id ?? '', /^status-[0-9a-f]{16}-[0-9a-z]{8}-\d{19}$/);
    });
  });
}
