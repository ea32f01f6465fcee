import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const preload = resolve(import.meta.dirname, '../../dist/instrumentation.cjs');

interface Metric {
  readonly name: string;
  readonly gauge: { readonly dataPoints: readonly { readonly asDouble?: number; readonly asInt?: number }[] };
}

/** What a process with these settings sends to `/v1/metrics` until it has sent `enough` times, or has ended. */
async function sent(settings: Record<string, string>, enough: number, status = 200) {
  const requests: { attributes: { key: string }[]; values: Record<string, number> }[] = [];
  const program = enough > 0 ? 'setInterval(() => {}, 1_000)' : 'setTimeout(() => {}, 1_000)';
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url === '/v1/metrics') {
      const [{ resource, scopeMetrics }] = JSON.parse(body).resourceMetrics;
      const metrics = scopeMetrics[0].metrics as Metric[];
      const values = metrics.map(({ name, gauge }) => [
        name,
        gauge.dataPoints[0]?.asDouble ?? gauge.dataPoints[0]?.asInt,
      ]);
      requests.push({ attributes: resource.attributes, values: Object.fromEntries(values) });
      response.statusCode = status;
      if (requests.length === enough) child.kill();
    }
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = {
    PATH: process.env.PATH,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OTEL_METRIC_EXPORT_INTERVAL: '100',
    ...settings,
  };
  const child = spawn(process.execPath, ['--require', preload, '-e', program], { env, stdio: 'ignore' });
  await once(child, 'exit');
  server.close();
  server.closeAllConnections();
  return requests;
}

describe('what a process uses', () => {
  it('is sent from time to time: CPU, event loop and memory, with the service it is of', async () => {
    const requests = await sent({ OTEL_SERVICE_NAME: 'shop-api' }, 2);
    assert.ok(requests.length >= 2);
    for (const { attributes, values } of requests) {
      assert.ok(attributes.some(({ key }) => key === 'service.name'));
      assert.deepEqual(Object.keys(values), [
        'process.cpu.utilization',
        'process.memory.usage',
        'v8js.memory.heap.used',
        'nodejs.eventloop.utilization',
      ]);
      assert.ok((values['process.memory.usage'] ?? 0) > 10_000_000);
      assert.ok((values['process.cpu.utilization'] ?? -1) >= 0);
    }
  });

  it('is not sent when the exporter is none', async () => {
    assert.deepEqual(await sent({ OTEL_METRICS_EXPORTER: 'none' }, 0), []);
  });

  it('is not sent again to an endpoint that has no place for metrics', async () => {
    assert.equal((await sent({}, 0, 404)).length, 1);
  });
});
