import assert from 'node:assert/strict';
import { newTraceId, sendLogs } from './otlp.js';
import type { Addresses } from './stack-under-test.js';
import { ask, ofTrace, stored } from './store.js';

const document = { '@timestamp': new Date().toISOString(), body: { text: 'x' } };
/** These have records; a stream that is not there yet answers 404 to whom it would be shown. */
const systems = ['shop-api', 'crm-api', 'mes-api', 'postgresql'];
const otherSystems = [
  'internet-shop',
  'crm',
  'mes',
  'rabbitmq',
  'elasticsearch',
  '3d-file-storage',
  'customers',
  'collector',
  'unknown',
  'rejected',
];
const everySystem = [...systems, ...otherSystems];
const streamOf = (system: string) => `logs-${system.replaceAll('-', '_')}.otel-default`;
const orders = 'logs-mes_api.otel-orders';
const audit = 'logs-lookup.otel-audit';

/** Who may do what: `yes` is done, `no` is refused with 403. Every cell is tried on the real server, as the account of that role. */
const actions: Readonly<Record<string, { readonly line: string; readonly body?: object }>> = {
  ...Object.fromEntries(
    everySystem.map((system) => [`read the logs of ${system}`, { line: `GET /${streamOf(system)}/_search` }]),
  ),
  'read the traces of a system': { line: 'GET /traces-shop_api.otel-default/_search' },
  'read the metrics of the host': { line: 'GET /metrics-host.otel-default/_search' },
  'read order events': { line: `GET /${orders}/_search` },
  'read who looked': { line: `GET /${audit}/_search` },
  'write who looked': { line: `POST /${audit}/_doc`, body: document },
  'read other indices': { line: 'GET /other/_search' },
  'create a record': { line: `POST /${streamOf('mes-api')}/_doc`, body: document },
  'change a record': { line: `POST /${streamOf('mes-api')}/_update/one`, body: { doc: document } },
  'delete a record': { line: `DELETE /${streamOf('mes-api')}/_doc/one` },
  'roll a stream over': { line: 'POST /logs-mes.otel-default/_rollover' },
  'change the settings of a stream': {
    line: `PUT /${streamOf('mes-api')}/_settings`,
    body: { index: { priority: 1 } },
  },
  // An index that isn't there: who may delete it is told so, and nothing is lost.
  'delete an index': { line: 'DELETE /logs-mes.otel-gone' },
  'change templates': { line: 'PUT /_component_template/mine', body: { template: {} } },
  // The embedded server has no policies; it knows who could change them.
  'change retention': {
    line: 'POST /_security/user/_has_privileges',
    body: { cluster: ['manage_ilm', 'manage_slm'], index: [{ names: [streamOf('crm')], privileges: ['manage'] }] },
  },
  'change settings of the server': {
    line: 'PUT /_cluster/settings',
    body: { persistent: { 'cluster.info.update.interval': null } },
  },
};

type Answer = 'yes' | 'no';
const columns = ['support', 'administrator', 'developer', 'operator', 'collector', 'keeper'] as const;
const table: Readonly<Record<string, readonly Answer[]>> = {
  ...Object.fromEntries(
    everySystem.map((system) => [`read the logs of ${system}`, ['yes', 'yes', 'yes', 'no', 'no', 'no'] as const]),
  ),
  'read the traces of a system': ['yes', 'yes', 'yes', 'no', 'no', 'no'],
  'read the metrics of the host': ['yes', 'yes', 'yes', 'no', 'no', 'no'],
  'read order events': ['yes', 'yes', 'yes', 'yes', 'no', 'no'],
  'read who looked': ['no', 'yes', 'no', 'no', 'no', 'no'],
  'write who looked': ['no', 'no', 'no', 'no', 'yes', 'no'],
  'read other indices': ['no', 'no', 'no', 'no', 'no', 'no'],
  'create a record': ['no', 'no', 'no', 'no', 'yes', 'no'],
  'change a record': ['no', 'no', 'no', 'no', 'no', 'no'],
  'delete a record': ['no', 'no', 'no', 'no', 'no', 'no'],
  'roll a stream over': ['no', 'yes', 'no', 'no', 'no', 'yes'],
  'change the settings of a stream': ['no', 'yes', 'no', 'no', 'no', 'yes'],
  'delete an index': ['no', 'yes', 'no', 'no', 'no', 'yes'],
  'change templates': ['no', 'yes', 'no', 'no', 'no', 'no'],
  'change retention': ['no', 'yes', 'no', 'no', 'no', 'no'],
  'change settings of the server': ['no', 'no', 'no', 'no', 'no', 'no'],
};

export function describeRoles(addresses: () => Addresses): void {
  describe('what each role may do', () => {
    before(async () => {
      const traceId = newTraceId();
      const senders = [...systems, 'mes', 'lookup'];
      for (const name of senders) {
        const sender = { resource: { 'service.name': name } };
        const door = name === 'lookup' ? addresses().journal : addresses().otlp;
        assert.equal(await sendLogs(door, sender, [{ traceId, body: 'x' }]), 200);
      }
      const sender = { resource: { 'service.name': 'mes-api' } };
      const order = { traceId, body: 'x', eventName: 'order.status_changed' };
      assert.equal(await sendLogs(addresses().otlp, sender, [order]), 200);
      const indices = (await stored(addresses().admin, ofTrace(traceId), senders.length + 1)).map(
        ({ _index }) => _index,
      );
      assert.ok(indices.some((index) => index.includes(orders)) && indices.some((index) => index.includes(audit)));
    });

    it('is said of every action', () => {
      assert.deepEqual(Object.keys(actions).sort(), Object.keys(table).sort());
    });

    for (const [what, { line, body }] of Object.entries(actions)) {
      for (const [at, user] of columns.entries()) {
        const expected = table[what]?.[at];
        it(`${user} may ${expected === 'yes' ? '' : 'not '}${what}`, async () => {
          const [method = '', path = ''] = line.split(' ');
          const response = await ask(addresses().admin, method, path, body, { 'es-security-runas-user': user });
          const { has_all_requested: has = true } = (await response.json()) as { has_all_requested?: boolean };
          // 404: allowed, and there is no such index.
          const isAllowed = [200, 201, 404].includes(response.status) && has;
          const answer = isAllowed ? 'yes' : response.status === 403 || !has ? 'no' : `answer ${response.status}`;
          assert.equal(answer, expected);
        });
      }
    }
  });
}
