import { applyTemplates, makeArchive, readProfile } from '@hallmark/elasticsearch';
import { collectorBinary } from './collector/build.js';
import { type Collector, type CollectorEnvironment, startCollector } from './collector/start.js';
import type { Credentials } from './elasticsearch/accounts.js';
import { startKeeper } from './elasticsearch/keeper.js';
import { type Elasticsearch, startElasticsearch } from './elasticsearch/start.js';
import { StackError } from './failure.js';
import type { Part, PartName } from './part.js';
import { loopback, type Ports } from './ports.js';
import { startPostgresql } from './postgresql/start.js';
import type { OnProgress } from './progress.js';
import { givenBroker } from './rabbitmq/given.js';
import { startRabbitmq } from './rabbitmq/start.js';
import type { Run } from './run/run.js';
import { s3Binary } from './s3/build.js';
import { s3HealthPath, startS3 } from './s3/start.js';
import { type Protection, protect } from './tls/settings.js';

export interface Context {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly ports: Ports;
  readonly collectorEnvironment: CollectorEnvironment | undefined;
  /** Of services beside the parts, `http://127.0.0.1:3000/health#shop-api`. */
  readonly checks: readonly string[];
}

export interface Started {
  readonly part: Part;
  /** Where it is, by the names of `Stack.env`. */
  readonly env: Record<string, string>;
}

/** Starts the parts side by side; the first that fails ends the start of the others. */
export async function startParts(context: Context, wanted: ReadonlySet<PartName>): Promise<Started[]> {
  if (wanted.has('collector') && !wanted.has('elasticsearch')) {
    throw new StackError("the part 'collector' needs the part 'elasticsearch': name both");
  }
  const starts: Promise<Started[]>[] = [];
  const { run } = context;
  if (wanted.has('elasticsearch')) starts.push(run.settle(storage(context, wanted)));
  if (wanted.has('postgresql')) starts.push(run.settle(database(context)));
  if (wanted.has('rabbitmq')) starts.push(run.settle(broker(context)));
  if (wanted.has('s3')) starts.push(run.settle(objectStore(context)));
  try {
    return (await Promise.all(starts)).flat();
  } catch (error) {
    // The others notice that the run is closed, which waits for them; nothing of them may go on after this.
    await run.close().catch(() => undefined);
    throw error;
  }
}

async function storage(context: Context, wanted: ReadonlySet<PartName>): Promise<Started[]> {
  const withCollector = wanted.has('collector');
  const { run, env, onProgress, ports } = context;
  const protection = await run.settle(protect(env, run.folder));
  const { certificates, isBetweenParts } = protection;
  const [elasticsearch, binary] = await Promise.all([
    run.settle(
      startElasticsearch({
        run,
        env,
        onProgress,
        httpPort: ports.elasticsearch,
        transportPort: ports.elasticsearchTransport,
        certificates: isBetweenParts ? certificates : undefined,
      }),
    ),
    withCollector ? run.settle(collectorBinary(context)) : '',
  ]);
  const administratorUrl = urlFor(elasticsearch, elasticsearch.accounts.administrator);
  // Before the first record: a data stream that exists keeps the mapping it was made with.
  await applyTemplates(administratorUrl);
  await makeArchive(administratorUrl, elasticsearch.snapshotFolder);
  onProgress(`Elasticsearch is up at ${elasticsearch.url}`);
  const supportUrl = urlFor(elasticsearch, elasticsearch.accounts.support);
  const stored = {
    part: elasticsearch.part,
    env: {
      ELASTICSEARCH_URL: administratorUrl,
      LOOKUP_ELASTICSEARCH_URL: supportUrl,
      ...(isBetweenParts && certificates && { NODE_EXTRA_CA_CERTS: certificates.authority }),
    },
  };
  if (!withCollector) return [stored];
  await startKeeper(run, urlFor(elasticsearch, elasticsearch.accounts.keeper), certificates?.authority);
  const collector = await startCollector({
    run,
    env,
    binary,
    httpPort: ports.otlpHttp,
    grpcPort: ports.otlpGrpc,
    journalPort: ports.journal,
    healthPort: ports.collectorHealth,
    metricsPort: ports.collectorMetrics,
    relayPort: ports.relay,
    beyondHttpPort: ports.otlpBeyondHttp,
    beyondGrpcPort: ports.otlpBeyondGrpc,
    protection,
    indexPer: (await readProfile()).index_per,
    onProgress,
    changeEnvironment: context.collectorEnvironment ?? (async (given) => given),
    checks: [...checksOfParts(context, wanted), ...context.checks],
    elasticsearch: { url: elasticsearch.url, ...elasticsearch.accounts.collector },
  });
  onProgress(`the collector is up at ${collector.url}`);
  return [
    {
      part: collector.part,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        COLLECTOR_STATUS_URL: collector.statusUrl,
        ...beyondEnv(protection, collector.beyond),
        LOOKUP_JOURNAL_URL: collector.journalUrl,
      },
    },
    stored,
  ];
}

/** What a sender beyond loopback needs: its OTEL_EXPORTER_OTLP_ENDPOINT, _CERTIFICATE and the token of its _HEADERS; for an agent, host:port. */
function beyondEnv({ certificates, token }: Protection, beyond: Collector['beyond']): Record<string, string> {
  if (beyond === undefined || certificates === undefined) return {};
  return {
    COLLECTOR_BEYOND_URL: beyond.url,
    COLLECTOR_BEYOND_GRPC: beyond.grpc,
    COLLECTOR_CA_FILE: certificates.authority,
    COLLECTOR_TOKEN: token,
  };
}

/** Where each part answers; a broker that was given is its owner's to watch. */
function checksOfParts({ env, ports }: Context, wanted: ReadonlySet<PartName>): string[] {
  const checks: Partial<Record<PartName, string>> = {
    postgresql: `https://${loopback}:${ports.postgresql}/#postgresql;tcp`,
    ...(!env.AMQP_URL && { rabbitmq: `http://${loopback}:${ports.management}/#rabbitmq` }),
    s3: `http://${loopback}:${ports.s3}${s3HealthPath}#3d-file-storage`,
  };
  return Object.entries(checks).flatMap(([part, url]) => (wanted.has(part as PartName) ? [url] : []));
}

async function database({ run, env, onProgress, ports }: Context): Promise<Started[]> {
  const postgresql = await startPostgresql({ run, env, port: ports.postgresql });
  onProgress(`PostgreSQL is up on port ${ports.postgresql}`);
  return [{ part: postgresql.part, env: { DATABASE_URL: postgresql.url } }];
}

async function broker({ run, env, onProgress, ports }: Context): Promise<Started[]> {
  const given = env.AMQP_URL;
  if (given) return [{ part: await givenBroker(given), env: { AMQP_URL: given } }];
  const rabbitmq = await startRabbitmq({ run, env, onProgress, ports });
  onProgress(`RabbitMQ is up on port ${ports.amqp}`);
  return [{ part: rabbitmq.part, env: { AMQP_URL: rabbitmq.url } }];
}

async function objectStore(context: Context): Promise<Started[]> {
  const { run, env, onProgress, ports } = context;
  const s3 = await startS3({ run, env, binary: await s3Binary(context), port: ports.s3 });
  onProgress(`the S3 server is up on port ${ports.s3}`);
  return [{ part: s3.part, env: s3.env }];
}

function urlFor({ url }: Elasticsearch, { user, password }: Credentials): string {
  return url.replace('://', `://${user}:${password}@`);
}
