import assert from 'node:assert/strict';
import { type Attributes, newTraceId, type Sender, sendLogs, sendSpans } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ofTrace, stored } from './store.js';

/** Every attribute that the Elasticsearch exporter 0.152 obeys, naming what the sender may not choose. */
const chosen: Attributes = {
  'elasticsearch.index': 'logs-crm.otel-default',
  'elasticsearch.document_id': 'chosen',
  'elasticsearch.ingest_pipeline': 'chosen',
  'elasticsearch.mapping.hints': ['_doc_count'],
  'data_stream.type': 'metrics',
  'data_stream.dataset': 'crm',
  'data_stream.namespace': 'chosen',
};
const chosenByScope: Attributes = { ...chosen, 'elastic.mapping.mode': 'bodymap', 'encoding.format': 'crm' };
const twice: Attributes = [...Object.entries(chosen), ...Object.entries(chosen)];

export function describeStorageChoice(addresses: () => Addresses): void {
  const shop = { 'service.name': 'shop-api' };

  async function streamsOf(sender: Sender, attributes: Attributes): Promise<string[]> {
    const traceId = newTraceId();
    assert.equal(await sendLogs(addresses().otlp, sender, [{ traceId, body: 'x', attributes }]), 200);
    const spans = [{ traceId, name: 'x', attributes, events: [{ name: 'x', attributes }] }];
    assert.equal(await sendSpans(addresses().otlp, sender, spans), 200);
    const documents = await stored(addresses().admin, ofTrace(traceId), 3);
    return documents.map(({ _index }) => _index.replace(/^\.ds-(.*)-\d{4}\.\d\d\.\d\d-\d+$/, '$1')).sort();
  }

  describe('where a record is stored', () => {
    const own = ['logs-shop_api.otel-default', 'logs-shop_api.otel-default', 'traces-shop_api.otel-default'];
    const senders: Record<string, [Sender, Attributes]> = {
      'on the record': [{ resource: shop }, chosen],
      'on the record, twice': [{ resource: shop }, twice],
      'nested in maps on the record': [
        { resource: shop },
        { elasticsearch: { index: 'logs-crm.otel-default' }, data_stream: { dataset: 'crm', namespace: 'chosen' } },
      ],
      'on the scope': [{ resource: shop, scope: { attributes: chosenByScope } }, {}],
      'on the scope, by the name of a receiver': [
        { resource: shop, scope: { name: 'example.org/receiver/crmreceiver' } },
        {},
      ],
      'on the resource': [{ resource: { ...chosen, ...shop } }, {}],
    };
    for (const [where, [sender, attributes]] of Object.entries(senders)) {
      it(`is its own system's data stream when another is named ${where}`, async () => {
        assert.deepEqual(await streamsOf(sender, attributes), own);
      });
    }

    it('is `unknown` for a service that is not on the list', async () => {
      const streams = ['logs-unknown.otel-default', 'logs-unknown.otel-default', 'traces-unknown.otel-default'];
      const strangers: Attributes[] = [
        { 'service.name': 'shop-api2' },
        { 'service.name': 7 },
        { 'service.name': ['crm'] },
        {},
      ];
      for (const resource of strangers) assert.deepEqual(await streamsOf({ resource }, {}), streams);
    });

    it('is among who looked for what comes through that door with its password, and for nothing else', async () => {
      const { otlp, journal, admin } = addresses();
      const account = journal.slice('http://'.length, journal.indexOf('@') + 1);
      const wrong = journal.replace(account, 'lookup:wrong@');
      const looked = { traceId: newTraceId(), body: 'x', eventName: 'order.created', attributes: chosen };
      const said = { ...looked, traceId: newTraceId() };
      for (const name of ['lookup', 'crm']) {
        const sender = { resource: { 'service.name': name } };
        assert.equal(await sendLogs(journal, sender, [looked]), 200);
        for (const door of [journal.replace(account, ''), wrong]) {
          assert.equal(await sendLogs(door, sender, [said]), 401);
        }
      }
      const pretender = { resource: { 'service.name': 'lookup' } };
      for (const door of [otlp, otlp.replace('://', `://${account}`)]) {
        assert.equal(await sendLogs(door, pretender, [said]), 200);
      }
      const [inside, outside] = [
        await stored(admin, ofTrace(looked.traceId), 2),
        await stored(admin, ofTrace(said.traceId), 2),
      ];
      for (const { _index } of inside) assert.match(_index, /logs-lookup\.otel-audit-/);
      for (const { _index } of outside) assert.match(_index, /logs-unknown\.otel-(?:default|orders)-/);
    });

    it('is a stream of its own for each system', async () => {
      for (const name of ['internet-shop', 'crm', 'mes-api', '3d-file-storage', 'customers']) {
        const system = name.replaceAll('-', '_');
        const streams = [`logs-${system}.otel-default`, `logs-${system}.otel-default`, `traces-${system}.otel-default`];
        assert.deepEqual(await streamsOf({ resource: { 'service.name': name } }, {}), streams);
      }
    });
  });
}
