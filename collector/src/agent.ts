import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { builtCollector, freePort, type Stack, type SupervisedProcess } from '@hallmark/stack';

const configuration = resolve(import.meta.dirname, '../otel-collector.yaml');
const readyTimeoutMs = 60_000;

export interface Agent {
  /** Base URL of OTLP/HTTP, on loopback. */
  readonly otlp: string;
  /** @param token what it shows to its gateway from now on; default: as before */
  start(token?: string): Promise<void>;
  /** How many records its gateway has refused since its start. */
  refused(): Promise<number>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** The collector in its other role: it keeps what the services of its host send, and sends it on to the gateway of the stack. */
export async function startAgent(
  stack: Stack,
  to: { readonly gateway: string; readonly token: string },
): Promise<Agent> {
  const folder = join(stack.run.folder, 'agent');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [http, grpc, health, metrics] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const binary = await builtCollector(process.env);
  if (binary === undefined) throw new Error('the collector is not built');
  const env = {
    PATH: process.env.PATH,
    OTLP_HTTP_ENDPOINT: `127.0.0.1:${http}`,
    OTLP_GRPC_ENDPOINT: `127.0.0.1:${grpc}`,
    HEALTH_ENDPOINT: `127.0.0.1:${health}`,
    METRICS_PORT: String(metrics),
    QUEUE_DIR: join(folder, 'queue'),
    SOCKET_DIR: join(folder, 'socket'),
    OTLP_TOKEN: to.token,
    AGENT: 'true',
    GATEWAY_ENDPOINT: to.gateway,
    GATEWAY_CA_FILE: stack.env.COLLECTOR_CA_FILE,
    BATCH_MAX_SIZE: '6500000',
    RETRY_MAX_INTERVAL: '1s',
  };
  let running: SupervisedProcess | undefined;
  let shown = to.token;
  const start = async (token = shown) => {
    shown = token;
    await rm(env.SOCKET_DIR, { recursive: true, force: true });
    await mkdir(env.SOCKET_DIR, { mode: 0o700 });
    running = await stack.run.spawn({
      name: 'agent',
      command: binary,
      args: ['--config', configuration],
      cwd: folder,
      env: { ...env, GATEWAY_TOKEN: token },
      ready: async () => (await fetch(`http://127.0.0.1:${health}/`)).ok,
      readyTimeoutMs,
    });
  };
  await start();
  return {
    otlp: `http://127.0.0.1:${http}`,
    start,
    refused: async () => {
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      const rows = text.matchAll(
        /^otelcol_exporter_send_failed_log_records\S*exporter="otlp_grpc\/gateway"\S* (\d+)$/gm,
      );
      return [...rows].reduce((total, [, count]) => total + Number(count), 0);
    },
    stop: async () => void (await running?.stop()),
    kill: async () => {
      await running?.kill('SIGKILL');
      await running?.ended;
    },
  };
}
