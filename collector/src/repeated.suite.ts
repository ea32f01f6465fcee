import assert from 'node:assert/strict';
import { newTraceId, type Sender, sendLogs } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, stored } from './store.js';

const manyRecords = 1_200;

/** A small request whose documents are together far larger: 60 KB of a resource in each of 1,200 would be 72 MB. */
export function describeRepeated(addresses: () => Addresses): void {
  describe('what each document of a request repeats', () => {
    async function store(sender: Sender, count = manyRecords) {
      const traceId = newTraceId();
      const records = Array.from({ length: count }, () => ({ traceId }));
      assert.equal(await sendLogs(addresses().otlp, sender, records), 200);
      return stored(addresses().admin, ofTrace(traceId), count);
    }

    it('is cut in the resource, which says so, and the records are stored', async () => {
      const line = 'node service.js '.repeat(4_000);
      const [document] = await store({ resource: { 'service.name': 'shop-api', 'process.command_line': line } });
      assert.deepEqual(document?._source.resource?.attributes, {
        'service.name': 'shop-api',
        'process.command_line': line.slice(0, 256),
        attributes_cut: true,
      });
    });

    it('is left out of a resource with thousands of keys, but for its names', async () => {
      const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`label.${at}`, 'x']));
      const [document] = await store({ resource: { ...many, 'service.name': 'shop-api', 'host.name': 'web-1' } });
      const kept = { 'service.name': 'shop-api', 'host.name': 'web-1', attributes_cut: true };
      assert.deepEqual(document?._source.resource?.attributes, kept);
    });

    it('is cut in the scope, its name and its version', async () => {
      const long = 'orders '.repeat(9_000);
      const scope = { name: long, version: long, attributes: { note: long } };
      const [document] = await store({ resource: { 'service.name': 'shop-api' }, scope });
      const found = document?._source.scope;
      assert.equal(found?.name, long.slice(0, 256));
      assert.equal(found?.version, long.slice(0, 64));
      assert.deepEqual(found?.attributes, { note: long.slice(0, 256), attributes_cut: true });
    });

    it('is not written before each value of a large body', async () => {
      const traceId = newTraceId();
      const leaves = Object.fromEntries(Array.from({ length: 1_500 }, (_, at) => [`a${at}`, 1]));
      const body = { ['k'.repeat(40_000)]: leaves };
      assert.equal(
        await sendLogs(addresses().otlp, { resource: { 'service.name': 'shop-api' } }, [{ traceId, body }]),
        200,
      );
      const [document] = await stored(addresses().admin, ofTrace(traceId), 1);
      const text = String(document?._source.body?.text);
      assert.ok(text.includes('a1499') && text.length < 100_000, text.slice(-100));
    });
  });
}
