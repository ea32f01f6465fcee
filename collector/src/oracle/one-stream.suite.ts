import assert from 'node:assert/strict';
import { newTraceId, sendLogs, sendSpans } from '../otlp.js';
import { ofTrace, stored } from '../store.js';
import { restartWith } from './restart.js';
import type { Scene } from './scene.js';

/** The profile D3 of retention.yaml; here, because the collector of this scene may be restarted. */
export function describeOneStream(scene: () => Scene): void {
  it('and in one stream for all systems when the retention profile says so, with its namespaces', async () => {
    await restartWith(scene(), { INDEX_PER: 'all' });
    try {
      const traceId = newTraceId();
      const from = (name: string) => ({ resource: { 'service.name': name } });
      const otlp = scene().otlp();
      assert.equal(await sendLogs(otlp, from('shop-api'), [{ traceId, body: 'x' }]), 200);
      assert.equal(await sendLogs(otlp, from('somebody'), [{ traceId, body: 'x' }]), 200);
      // Who looked has a door of its own; a service of that name is like any other.
      assert.equal(await sendLogs(otlp, from('lookup'), [{ traceId, body: 'x' }]), 200);
      assert.equal(await sendLogs(otlp, from('crm'), [{ traceId, body: 'x', eventName: 'order.created' }]), 200);
      assert.equal(await sendSpans(otlp, from('mes-api'), [{ traceId, name: 'x' }]), 200);
      const documents = await stored(scene().admin(), ofTrace(traceId), 5);
      const streams = documents.map(({ _index }) => _index.replace(/^\.ds-(.*)-\d{4}\.\d\d\.\d\d-\d+$/, '$1'));
      assert.deepEqual(streams.sort(), [
        'logs-all.otel-default',
        'logs-all.otel-default',
        'logs-all.otel-default',
        'logs-all.otel-orders',
        'traces-all.otel-default',
      ]);
    } finally {
      await restartWith(scene(), { INDEX_PER: 'system' });
    }
  });
}
