import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@hallmark/stack';
import type { Addresses } from './stack-under-test.js';
import { search, stored } from './store.js';

const faultTimeoutMs = 180_000;
const pollMs = 500;
const metrics = 'metrics-*.otel-*';

/** What the collector finds out by itself: who does not answer, and what the machine uses. */
export function describeChecks(stack: () => Stack, addresses: () => Addresses): void {
  describe('a part that stops answering', () => {
    const servers: Server[] = [];
    afterEach(() => Promise.all(servers.splice(0).map(end)));
    const answering = async (port: number) => {
      const server = createServer((_request, response) => response.end('ok'));
      servers.push(server);
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return server;
    };

    it('makes one FATAL record, and one of INFO when it is back, also over a restart of the collector', async function () {
      this.timeout(faultTimeoutMs);
      const { collector } = stack().parts;
      const ofPart = { term: { 'resource.attributes.service.name': 'checked-part' } };
      const told = (count: number) => stored(addresses().admin, ofPart, count);
      const first = await answering(addresses().checkedPort);
      await told(1);
      await end(first);
      await told(2);
      await collector.stop();
      await collector.start();
      const second = await answering(addresses().checkedPort);
      await told(3);
      await end(second);
      const documents = (await told(4)).map(({ _source }) => _source);
      documents.sort((a, b) => Number(a['@timestamp']) - Number(b['@timestamp']));
      const [back, gone] = [
        ['system.available', 'INFO', 'checked-part answers', undefined],
        ['system.unavailable', 'FATAL', 'checked-part does not answer', 'no_answer'],
      ];
      assert.deepEqual(
        documents.map(({ event_name, severity_text, body, attributes }) => [
          event_name,
          severity_text,
          body?.text,
          attributes?.['error.type'],
        ]),
        [back, gone, back, gone],
      );
    });
  });

  describe('CPU and memory', () => {
    const onStream = async (field: string) => {
      for (;;) {
        const found = await search(addresses().admin, { exists: { field } }, metrics);
        if (found.length > 0) return found.map(({ _source }) => _source);
        await pause(pollMs);
      }
    };

    it('of the machine are stored, with nothing on them but their state', async () => {
      for (const name of ['system.memory.usage', 'system.cpu.utilization']) {
        for (const { attributes = {}, data_stream } of await onStream(`metrics.${name}`)) {
          assert.deepEqual(Object.keys(attributes), ['state'], name);
          assert.equal(data_stream.dataset, 'host.otel');
        }
      }
    });

    it('of services are stored in their own streams, without what may be personal', async () => {
      const name = 'process.memory.usage';
      const [by, text] = ['Anna Abel', 'anna@example.com'].map((stringValue) => ({ stringValue }));
      const point = { asInt: '42', timeUnixNano: `${Date.now()}000000`, attributes: [{ key: 'state', value: text }] };
      const metric = (named: string) => ({ name: named, description: 'Anna', gauge: { dataPoints: [point] } });
      const attributes = [
        { key: 'service.name', value: { stringValue: 'mes-api' } },
        { key: 'customer', value: by },
        { key: 'host.name', value: text },
      ];
      const scope = { name: 'anna@example.com' };
      const body = {
        resourceMetrics: [
          { resource: { attributes }, scopeMetrics: [{ scope, metrics: [metric(name), metric('of.Anna')] }] },
        ],
      };
      const response = await fetch(`${addresses().otlp}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.equal(response.status, 200);
      const [stored] = await onStream(`metrics.${name}`);
      assert.equal(stored?.data_stream.dataset, 'mes_api.otel');
      const everything = JSON.stringify(await search(addresses().admin, { match_all: {} }, metrics));
      assert.ok(!/anna/i.test(everything));
    });
  });
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
