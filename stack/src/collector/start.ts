import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from '../part.js';
import { randomPassword } from '../password.js';
import { loopback } from '../ports.js';
import { postgresqlLogs } from '../postgresql/start.js';
import { processPart } from '../process-part.js';
import type { OnProgress } from '../progress.js';
import { rabbitmqLogs, rabbitmqTransfers } from '../rabbitmq/start.js';
import type { Run } from '../run/run.js';
import { s3Logs } from '../s3/start.js';
import type { Protection } from '../tls/settings.js';
import { damagedFilesOf, setAsideUnreadable } from './queue-files.js';

/** The configuration that users tune; docker-compose.yml uses the same file. */
export const configurationFile = fileURLToPath(new URL('../../../collector/otel-collector.yaml', import.meta.url));
const elasticsearchProgram = fileURLToPath(new URL('../../../elasticsearch/dist/main.js', import.meta.url));

/**
 * Of Go's runtime, which reads them from the environment only: collect garbage when the heap has grown threefold, not twofold (a tenth less CPU
 * a record, measured), and more often only where all would pass 260 MiB. docker-compose.yml sets the same.
 */
export const goRuntime = { GOGC: '200', GOMEMLIMIT: '260MiB' } as const;

const readyTimeoutMs = 60_000;
/** A graceful stop hands what is in memory to the queue on disk. Unit: milliseconds. */
const stopTimeoutMs = 20_000;

/** Takes the environment that the collector would be started with, and gives the one that it is started with. */
export type CollectorEnvironment = (
  given: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, string>>>;

export interface CollectorOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly binary: string;
  readonly httpPort: number;
  readonly grpcPort: number;
  readonly journalPort: number;
  readonly healthPort: number;
  readonly metricsPort: number;
  readonly relayPort: number;
  readonly beyondHttpPort: number;
  readonly beyondGrpcPort: number;
  readonly protection: Protection;
  /** A stream for each system, or one for all: what retention.yaml says. */
  readonly indexPer: 'system' | 'all';
  readonly elasticsearch: { readonly url: string; readonly user: string; readonly password: string };
  readonly changeEnvironment: CollectorEnvironment;
  /** What else is asked whether it answers, as `CHECKS` of otel-collector.yaml has it. */
  readonly checks: readonly string[];
}

export interface Collector {
  readonly part: Part;
  /** Base URL for OTLP/HTTP. */
  readonly url: string;
  /** Base URL of OTLP/HTTP, and host:port of OTLP/gRPC, beyond loopback, by TLS and with the token; undefined where it isn't asked for. */
  readonly beyond: { readonly url: string; readonly grpc: string } | undefined;
  /** Where the look-up writes who looked, with its account. */
  readonly journalUrl: string;
  /** How it is, as its relay saw it last; JSON. */
  readonly statusUrl: string;
}

/** Starts the relay before Elasticsearch, which keeps what is refused, and the collector, which sends through it. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { run, onProgress } = options;
  const folder = join(run.folder, 'collector');
  const [queue, socket] = [join(folder, 'queue'), join(folder, 'socket')];
  for (const path of [folder, queue]) await mkdir(path, { mode: 0o700 });
  const journalPassword = randomPassword();
  const given = { ...environmentOf(options, queue, socket), JOURNAL_PASSWORD: journalPassword };

  const part = processPart(run, 'collector', async () => {
    await makeEmpty(socket);
    const changed = await options.changeEnvironment(given);
    const queueFolder = changed.QUEUE_DIR ?? queue;
    const damagedBefore = await damagedFilesOf(queueFolder);
    await setAsideUnreadable(queueFolder);
    const processes = [await launchRelay(options, changed), await launchCollector(options, folder, changed)];
    for (const file of await damagedFilesOf(queueFolder)) {
      if (damagedBefore.includes(file)) continue;
      onProgress(
        `the collector's queue was damaged and is set aside as ${file}: what it held and had not sent is missing`,
      );
    }
    return processes;
  });
  await part.start();
  return {
    part,
    url: `http://${loopback}:${options.httpPort}`,
    beyond: beyondOf(options),
    journalUrl: `http://lookup:${journalPassword}@${loopback}:${options.journalPort}`,
    statusUrl: `${relayUrl(options)}/_relay`,
  };
}

function environmentOf(options: CollectorOptions, queue: string, socket: string): Readonly<Record<string, string>> {
  // Its certificate is nothing that a check trusts: any answer by TLS is one.
  const { url } = options.elasticsearch;
  const checked = [`${url}/#elasticsearch${url.startsWith('https:') ? ';tcp' : ''}`, ...options.checks];
  return {
    OTLP_HTTP_ENDPOINT: `${loopback}:${options.httpPort}`,
    OTLP_GRPC_ENDPOINT: `${loopback}:${options.grpcPort}`,
    JOURNAL_ENDPOINT: `${loopback}:${options.journalPort}`,
    HEALTH_ENDPOINT: `${loopback}:${options.healthPort}`,
    METRICS_HOST: loopback,
    METRICS_PORT: String(options.metricsPort),
    QUEUE_DIR: queue,
    SOCKET_DIR: socket,
    POSTGRESQL_LOGS: postgresqlLogs(options.run),
    RABBITMQ_LOGS: rabbitmqLogs(options.run),
    RABBITMQ_TRANSFERS: rabbitmqTransfers(options.run),
    S3_LOGS: s3Logs(options.run),
    CHECKS: `[${checked.map((url) => JSON.stringify(url)).join(', ')}]`,
    ELASTICSEARCH_URL: options.elasticsearch.url,
    ELASTICSEARCH_USER: options.elasticsearch.user,
    ELASTICSEARCH_PASSWORD: options.elasticsearch.password,
    INDEX_PER: options.indexPer,
    ...protectionOf(options),
  };
}

function protectionOf({ protection, beyondHttpPort, beyondGrpcPort }: CollectorOptions): Record<string, string> {
  const { token, certificates, isBetweenParts, beyond } = protection;
  return {
    OTLP_TOKEN: token,
    ...(isBetweenParts && certificates && { ELASTICSEARCH_CA_FILE: certificates.authority }),
    ...(beyond &&
      certificates && {
        OTLP_RECEIVERS: '[otlp, otlp/beyond]',
        OTLP_BEYOND_HTTP_ENDPOINT: `${hostIn(beyond)}:${beyondHttpPort}`,
        OTLP_BEYOND_GRPC_ENDPOINT: `${hostIn(beyond)}:${beyondGrpcPort}`,
        OTLP_CERT_FILE: certificates.certificate,
        OTLP_KEY_FILE: certificates.key,
      }),
  };
}

function beyondOf({ protection: { beyond }, beyondHttpPort, beyondGrpcPort }: CollectorOptions): Collector['beyond'] {
  if (beyond === undefined) return undefined;
  return { url: `https://${hostIn(beyond)}:${beyondHttpPort}`, grpc: `${hostIn(beyond)}:${beyondGrpcPort}` };
}

/** An address as it stands before a port. */
function hostIn(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function relayUrl({ protection, relayPort }: CollectorOptions): string {
  return `${protection.isBetweenParts ? 'https' : 'http'}://${loopback}:${relayPort}`;
}

function launchRelay(options: CollectorOptions, changed: Readonly<Record<string, string>>) {
  const { run, env, relayPort, metricsPort, httpPort, protection } = options;
  const { certificates, isBetweenParts } = protection;
  return run.launch({
    name: 'relay',
    command: process.execPath,
    args: [elasticsearchProgram, 'relay'],
    env: {
      PATH: env.PATH,
      ELASTICSEARCH_URL: changed.ELASTICSEARCH_URL,
      RELAY_ENDPOINT: `${loopback}:${relayPort}`,
      COLLECTOR_METRICS_URL: `http://${loopback}:${metricsPort}/metrics`,
      COLLECTOR_OTLP_URL: `http://${loopback}:${httpPort}`,
      COLLECTOR_QUEUE_DIR: changed.QUEUE_DIR,
      COLLECTOR_QUEUE_RESERVE: changed.QUEUE_RESERVE,
      ...(isBetweenParts &&
        certificates && {
          NODE_EXTRA_CA_CERTS: certificates.authority,
          RELAY_CERT_FILE: certificates.certificate,
          RELAY_KEY_FILE: certificates.key,
        }),
    },
    ready: () => answers(`${relayUrl(options)}/_relay`),
    readyTimeoutMs,
  });
}

function launchCollector(options: CollectorOptions, folder: string, changed: Readonly<Record<string, string>>) {
  return options.run.launch({
    name: 'collector',
    command: options.binary,
    args: ['--config', configurationFile],
    cwd: folder,
    env: { PATH: options.env.PATH, ...goRuntime, ...changed, ELASTICSEARCH_URL: relayUrl(options) },
    ready: () => answers(`http://${loopback}:${options.healthPort}/`),
    readyTimeoutMs,
    stopTimeoutMs,
  });
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}

/**
 * Whoever can reach the socket could enter behind the redaction: nobody else may. A collector that was killed leaves its socket
 * behind, and the next one could not make its own.
 */
async function makeEmpty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}
