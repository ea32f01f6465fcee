import assert from 'node:assert/strict';
import type { Stack } from '@hallmark/stack';
import { newSpanId, newTraceId, sendLogs, sendSpans } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ask, ofTrace, stored } from './store.js';

const stream = 'logs-crm.otel-default';
const traces = 'traces-crm.otel-default';
const sender = { resource: { 'service.name': 'crm' } };

export function describeDeadLetters(stack: () => Stack, addresses: () => Addresses): void {
  async function kept(): Promise<number> {
    const response = await fetch(stack().env.COLLECTOR_STATUS_URL ?? '');
    return ((await response.json()) as { kept: number }).kept;
  }

  describe('a record that Elasticsearch refuses for good', () => {
    before(async () => {
      const traceId = newTraceId();
      assert.equal(await sendLogs(addresses().otlp, sender, [{ traceId, body: 'first' }]), 200);
      assert.equal(await sendSpans(addresses().otlp, sender, [{ traceId, name: 'first' }]), 200);
      await stored(addresses().admin, ofTrace(traceId), 2);
      await makeStrict('strict');
    });
    after(() => makeStrict('true'));

    /** The templates prevent what they can; somebody who changes a mapping by hand can still make it refuse. */
    async function makeStrict(dynamic: string): Promise<void> {
      const attributes = { type: 'passthrough', priority: 30, dynamic };
      for (const each of [stream, traces]) {
        const response = await ask(addresses().admin, 'PUT', `/${each}/_mapping`, { properties: { attributes } });
        assert.equal(response.status, 200, await response.text());
      }
    }

    it('is kept as a dead letter with its reason, masked, beside those that are stored', async () => {
      const traceId = newTraceId();
      const before = await kept();
      const refused = {
        traceId,
        body: 'refused',
        attributes: { 'odd.field': 'card 4111 1111 1111 1111', 'order.id': 'ORD-DEAD234567' },
      };
      assert.equal(await sendLogs(addresses().otlp, sender, [{ traceId, body: 'good' }, refused]), 200);
      const documents = await stored(addresses().admin, ofTrace(traceId), 2);
      const letter = documents.find(({ _source }) => _source.event_name === 'record.rejected');
      assert.ok(letter, JSON.stringify(documents));
      const { attributes = {}, resource } = letter._source;
      assert.match(letter._index, /^\.ds-logs-rejected\.otel-default-/);
      assert.equal(attributes['error.type'], 'strict_dynamic_mapping_exception');
      assert.match(String(attributes['exception.message']), /odd\.field/);
      assert.equal(attributes['order.id'], 'ORD-DEAD234567');
      assert.match(String(attributes['rejected.stream']), /^logs-crm\.otel-default$/);
      assert.equal(resource.attributes['service.name'], 'crm');
      assert.match(String(attributes.attributes_text), /refused/);
      assert.doesNotMatch(JSON.stringify(letter), /4111/);
      assert.equal(await kept(), before + 1);
    });

    it('is kept as a dead letter without what stands on the links of a span, as a span is stored without it', async () => {
      const traceId = newTraceId();
      const links = [
        { traceId, spanId: newSpanId(), traceState: 'crm=Zinaida', attributes: { note: 'card 4111 1111 1111 1111' } },
      ];
      const spans = [
        { traceId, name: 'good', links },
        { traceId, name: 'refused', links, attributes: { 'odd.field': 'x' } },
      ];
      assert.equal(await sendSpans(addresses().otlp, sender, spans), 200);
      const documents = await stored(addresses().admin, ofTrace(traceId), 2);
      const names = documents.map(({ _source }) => _source.event_name ?? 'span');
      assert.deepEqual(names.sort(), ['record.rejected', 'span']);
      const all = JSON.stringify(documents);
      assert.ok(all.includes(links[0]?.spanId ?? 'none'), all);
      assert.doesNotMatch(all, /Zinaida|4111 1111/); // a random id may hold four of its digits
    });

    it('is found by the role that reads logs', async () => {
      const traceId = newTraceId();
      const refused = { traceId, body: 'refused', attributes: { 'odd.field': 'x' } };
      assert.equal(await sendLogs(addresses().otlp, sender, [refused]), 200);
      const [letter] = await stored(addresses().support, ofTrace(traceId), 1);
      assert.equal(letter?._source.event_name, 'record.rejected');
    });
  });
}
