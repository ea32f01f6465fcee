import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { waitUntil } from '@hallmark/stack';
import type { Addresses } from './stack-under-test.js';
import { search } from './store.js';

const root = resolve(import.meta.dirname, '../..');
const preload = resolve(root, 'instrumentation/dist/instrumentation.cjs');
/** Two phones, one card and one mail address, and then a life until it is ended. */
const program = `
  const { createLogger, transports } = require('winston');
  const logger = createLogger({ transports: [new transports.Console()] });
  logger.info('call +7 916 123-45-67 or +7 916 765-43-21');
  logger.info('paid with 4111 1111 1111 1111', { email: 'ann.lee@example.com' });
  setInterval(() => {}, 1_000);
`;
const wanted = { phone: 2, card: 1, email: 1 };
const patienceMs = 60_000;
const metric = 'metrics.hallmark.redaction.masked';

export function describeMaskedCounters(addresses: () => Addresses): void {
  describe('what is masked in a process', () => {
    it('is counted in the store, by kind and service, without the value', async function () {
      this.timeout(2 * patienceMs);
      const env = {
        PATH: process.env.PATH,
        OTEL_SERVICE_NAME: 'crm-api',
        OTEL_EXPORTER_OTLP_ENDPOINT: addresses().otlp,
        OTEL_METRIC_EXPORT_INTERVAL: '500',
      };
      const service = spawn(process.execPath, ['--require', preload, '-e', program], {
        cwd: root,
        env,
        stdio: 'ignore',
      });
      try {
        const counted: Record<string, number> = {};
        const isCounted = async () => {
          const query = { bool: { filter: [{ exists: { field: metric } }, { term: { 'service.name': 'crm-api' } }] } };
          for (const { _source } of await search(addresses().support, query, 'metrics-*.otel-*')) {
            const { attributes, metrics, data_stream } = _source as typeof _source & Counted;
            assert.equal(data_stream.dataset, 'crm_api.otel');
            assert.deepEqual(Object.keys(attributes ?? {}), ['kind']);
            counted[String(attributes?.kind)] = Number(metrics['hallmark.redaction.masked']);
          }
          return Object.keys(counted).length === Object.keys(wanted).length;
        };
        assert.ok(await waitUntil(isCounted, { timeoutMs: patienceMs, intervalMs: 500 }), JSON.stringify(counted));
        assert.deepEqual(counted, wanted);
      } finally {
        service.kill('SIGKILL');
        if (service.exitCode === null && service.signalCode === null) await once(service, 'exit');
      }
    });
  });
}

interface Counted {
  readonly metrics: Readonly<Record<string, number>>;
}
