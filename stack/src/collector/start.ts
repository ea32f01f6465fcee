import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from '../part.js';
import { loopback } from '../ports.js';
import { processPart } from '../process-part.js';
import type { Run } from '../run/run.js';

/** The configuration that users tune; docker-compose.yml uses the same file. */
export const configurationFile = fileURLToPath(new URL('../../../collector/otel-collector.yaml', import.meta.url));

const readyTimeoutMs = 60_000;
/** A graceful stop hands what is in memory to the queue on disk. Unit: milliseconds. */
const stopTimeoutMs = 20_000;

export interface CollectorOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly binary: string;
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly healthPort: number;
  readonly elasticsearch: { readonly url: string; readonly user: string; readonly password: string };
}

export interface Collector {
  readonly part: Part;
  /** Base URL for OTLP/HTTP. */
  readonly url: string;
}

export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const folder = join(options.run.folder, 'collector');
  const [queue, socket] = [join(folder, 'queue'), join(folder, 'socket')];
  for (const path of [folder, queue]) await mkdir(path, { mode: 0o700 });

  const health = `http://${loopback}:${options.healthPort}/`;
  const part = processPart(options.run, 'collector', async () => {
    await makeEmpty(socket);
    return [
      await options.run.launch({
        name: 'collector',
        command: options.binary,
        args: ['--config', configurationFile],
        cwd: folder,
        env: {
          PATH: options.env.PATH,
          OTLP_HTTP_ENDPOINT: `${loopback}:${options.httpPort}`,
          OTLP_GRPC_ENDPOINT: `${loopback}:${options.grpcPort}`,
          HEALTH_ENDPOINT: `${loopback}:${options.healthPort}`,
          QUEUE_DIR: queue,
          SOCKET_DIR: socket,
          ELASTICSEARCH_URL: options.elasticsearch.url,
          ELASTICSEARCH_USER: options.elasticsearch.user,
          ELASTICSEARCH_PASSWORD: options.elasticsearch.password,
        },
        ready: async () => (await fetch(health, { signal: AbortSignal.timeout(2_000) })).ok,
        readyTimeoutMs,
        stopTimeoutMs,
      }),
    ];
  });
  await part.start();
  return { part, url: `http://${loopback}:${options.httpPort}` };
}

/**
 * Whoever can reach the socket could enter behind the redaction: nobody else may. A collector that was killed leaves its socket
 * behind, and the next one could not make its own.
 */
async function makeEmpty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}
