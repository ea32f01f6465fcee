import assert from 'node:assert/strict';
import { readRoles } from '@hallmark/elasticsearch';
import { newTraceId, sendLogs } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ask, ofTrace, search, stored } from './store.js';

const stream = 'logs-mes_api.otel-default';
const document = { '@timestamp': new Date().toISOString(), body: { text: 'x' } };

export function describeRoles(addresses: () => Addresses): void {
  describe('the role Support_Logs', () => {
    const traceId = newTraceId();
    before(async () => {
      const sender = { resource: { 'service.name': 'mes-api' } };
      assert.equal(await sendLogs(addresses().otlp, sender, [{ traceId, body: 'x' }]), 200);
      await stored(addresses().admin, ofTrace(traceId), 1);
    });

    it('reads records', async () => {
      assert.equal((await search(addresses().support, ofTrace(traceId))).length, 1);
    });

    const refused: Record<string, [string, string, object?]> = {
      'create a record': ['POST', `/${stream}/_create/one`, document],
      'change a record': ['POST', `/${stream}/_update/one`, { doc: document }],
      'delete a record': ['DELETE', `/${stream}/_doc/one`],
      'change the settings of a stream': ['PUT', `/${stream}/_settings`, { index: { refresh_interval: '1h' } }],
      'make a stream roll over': ['POST', `/${stream}/_rollover`],
      'delete a stream': ['DELETE', `/${stream}`],
      'change templates': ['PUT', '/_index_template/mine', { index_patterns: ['mine-*'] }],
      'read other indices': ['GET', '/other/_search'],
      'see the cluster': ['GET', '/_cluster/settings'],
    };
    for (const [what, [method, path, body]] of Object.entries(refused)) {
      it(`may not ${what}`, async () => {
        assert.equal((await ask(addresses().support, method, path, body)).status, 403);
      });
    }
  });

  describe("the collector's role", () => {
    it('creates documents in the data streams and nothing else', async () => {
      const { collector } = await readRoles();
      const streams = ['logs-*.otel-*', 'traces-*.otel-*'];
      assert.deepEqual(collector, {
        cluster: [],
        indices: [{ names: streams, privileges: ['create_doc', 'auto_configure'] }],
      });
    });
  });
}
