import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCollector, freePort, goRuntime, waitUntil } from '@hallmark/stack';
import { cpuMs } from '../durability/process-cost.js';

const readyTimeoutMs = 120_000;

export interface RunningCollector {
  readonly otlp: string;
  /** CPU time of the process so far, user and system, in ms. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * A collector with these processors between its receiver and its exporter. Its processors are YAML, as under
 * `processors:`; their order is that of `names`. Go's runtime has the settings that the stack gives it, on one core.
 * @param to the URL of a store that takes bulk requests, or `file`: one of its own, in protobuf
 */
export async function runCollector(
  processors: string,
  names: readonly string[],
  to: string,
): Promise<RunningCollector> {
  const folder = await mkdtemp(join(tmpdir(), 'hallmark-bench-'));
  const port = await freePort();
  const file = join(folder, 'config.yaml');
  await mkdir(join(folder, 'queue'));
  await writeFile(file, configuration(processors, names, port, exporterOf(to, folder)));
  const child = spawn(await binary(), ['--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, GOMAXPROCS: '1', ...goRuntime },
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2_000)));
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  const otlp = `http://127.0.0.1:${port}`;
  const ready = async () =>
    (await fetch(`${otlp}/v1/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
      .ok;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const isUp = await waitUntil(ready, { timeoutMs: readyTimeoutMs });
  if (!isUp) {
    await stop();
    throw new Error(`the collector did not start: ${said.trim()}`);
  }
  return { otlp, cpuMs: () => cpuMs(child.pid ?? 0), stop };
}

function exporterOf(to: string, folder: string): { name: string; settings: string } {
  if (to === 'file')
    return { name: 'file', settings: `{path: ${JSON.stringify(join(folder, 'records'))}, format: proto}` };
  return {
    name: 'elasticsearch',
    settings: `{endpoints: ["${to}"], mapping: {allowed_modes: [otel]}, sending_queue: {enabled: false}}`,
  };
}

function configuration(
  processors: string,
  names: readonly string[],
  port: number,
  { name, settings }: { name: string; settings: string },
): string {
  const order = `[${names.join(', ')}]`;
  return `receivers:
  otlp: {protocols: {http: {endpoint: "127.0.0.1:${port}"}}}
processors:
${processors || '  {}'}
exporters:
  ${name}: ${settings}
service:
  telemetry: {metrics: {level: none}, logs: {level: error}}
  pipelines:
    logs: {receivers: [otlp], processors: ${order}, exporters: [${name}]}
    traces: {receivers: [otlp], processors: ${order}, exporters: [${name}]}
`;
}

/** The collector that `npm run stack` builds. */
async function binary(): Promise<string> {
  const built = await builtCollector(process.env);
  if (built === undefined) throw new Error("the collector is not built yet: run 'npm run stack' once, which builds it");
  return built;
}
