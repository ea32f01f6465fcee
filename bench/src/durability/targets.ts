import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCollector, freePort, type Stack, waitUntil } from '@hallmark/stack';
import { processWith } from './process-cost.js';

/** A collector before the real Elasticsearch. */
export interface Target {
  readonly title: string;
  readonly otlp: string;
  /** Where the records of the service `shop-api` are stored. */
  readonly streams: string;
  /** The processes that records pass, by name. */
  readonly processes: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

const readyTimeoutMs = 60_000;

/** Hallmark's collector and the relay behind it, as the stack started them. */
export async function ourTarget(stack: Stack): Promise<Target> {
  const statusUrl = new URL(stack.env.COLLECTOR_STATUS_URL ?? '');
  return {
    title: 'Hallmark',
    otlp: stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    streams: 'logs-shop_api.otel-*',
    processes: {
      collector: stack.parts.collector.pid ?? 0,
      relay: await processWith(`RELAY_ENDPOINT=${statusUrl.host}`),
    },
    stop: async () => undefined,
  };
}

/**
 * The same collector program with a receiver and the Elasticsearch exporter: no redaction, no queue on disk. One setting is not the default: a
 * queue of 10 requests, which blocks until 1 MB or 10 s are together, takes 10 requests in 10 s (measured: 78 records a second).
 */
export async function stockTarget(stack: Stack): Promise<Target> {
  const binary = await builtCollector(process.env);
  if (binary === undefined) throw new Error('the collector is not built');
  const folder = await mkdtemp(join(tmpdir(), 'hallmark-bench-'));
  const port = await freePort();
  const { origin, username, password } = new URL(stack.env.ELASTICSEARCH_URL ?? '');
  await writeFile(
    join(folder, 'config.yaml'),
    `receivers:
  otlp: {protocols: {http: {endpoint: "127.0.0.1:${port}"}}}
exporters:
  elasticsearch: {endpoints: ["${origin}"], user: "${username}", password: "${password}", sending_queue: {queue_size: 5000}}
service:
  telemetry: {metrics: {level: none}, logs: {level: error}}
  pipelines:
    logs: {receivers: [otlp], exporters: [elasticsearch]}
`,
    { mode: 0o600 },
  );
  const child = spawn(binary, ['--config', join(folder, 'config.yaml')], { stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const otlp = `http://127.0.0.1:${port}`;
  const headers = { 'content-type': 'application/json' };
  const isUp = async () => (await fetch(`${otlp}/v1/logs`, { method: 'POST', headers, body: '{}' })).ok;
  if (!(await waitUntil(isUp, { timeoutMs: readyTimeoutMs }))) {
    await stop();
    throw new Error('the stock collector did not start');
  }
  const streams = 'logs-generic.otel-*';
  return { title: 'stock collector, queue_size 5000', otlp, streams, processes: { collector: child.pid ?? 0 }, stop };
}
