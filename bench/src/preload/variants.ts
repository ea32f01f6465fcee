import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');
/** The programs that are measured: plain CommonJS, which every one of the variants can instrument. */
export const services = join(root, 'bench/services');

/** One way to run a service: bare, under the preload, or under another distribution. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  /** What is installed into the cache for it, name to exact version; empty for what the checkout has. */
  readonly packages: Readonly<Record<string, string>>;
  /** Flags of node. @param folder where `packages` were installed */
  readonly flags: (folder: string) => readonly string[];
  /** Variables that make it send to the receiver. @param url base address of the receiver, without a slash at its end */
  readonly env: (url: string, folder: string) => Readonly<Record<string, string>>;
  readonly sends: 'nothing' | 'OTLP' | 'its own protocol';
  /** Not a peer: this project's preload, whatever its settings. */
  readonly isOurs?: true;
}

/** Metrics are off everywhere: the preload sends none. */
const openTelemetry = (url: string) => ({
  OTEL_SERVICE_NAME: 'bench',
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
});

const preload = ['--require', join(root, 'instrumentation/dist/instrumentation.cjs')];
/** The kinds that no other distribution writes, of those that a request makes. */
const ownRecords = 'http.server.request,db.query,message.sent,message.received';

export const variants: readonly Variant[] = [
  { id: 'bare', title: 'bare Node', packages: {}, flags: () => [], env: () => ({}), sends: 'nothing' },
  {
    id: 'hallmark',
    title: 'Hallmark',
    packages: {},
    flags: () => preload,
    env: openTelemetry,
    sends: 'OTLP',
    isOurs: true,
  },
  {
    id: 'hallmark-less',
    title: 'Hallmark, no own records',
    packages: {},
    flags: () => preload,
    env: (url) => ({ ...openTelemetry(url), HALLMARK_RECORDS_OFF: ownRecords }),
    sends: 'OTLP',
    isOurs: true,
  },
  {
    id: 'otel-3',
    title: 'OpenTelemetry JS 3.x',
    packages: {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/api-logs': '0.223.1',
      '@opentelemetry/auto-instrumentations-node': '0.82.0',
      '@opentelemetry/winston-transport': '0.34.0',
    },
    flags: (folder) => [
      '--require',
      join(folder, 'node_modules/@opentelemetry/auto-instrumentations-node/dist/register.cjs'),
      '--require',
      join(services, 'hand-over-logs.cjs'),
    ],
    env: (url, folder) => ({ ...openTelemetry(url), BENCH_PEER_FOLDER: folder }),
    sends: 'OTLP',
  },
  {
    id: 'otel-2',
    title: 'OpenTelemetry JS 2.x',
    packages: {
      '@opentelemetry/api': '1.9.0',
      '@opentelemetry/auto-instrumentations-node': '0.81.2',
      '@opentelemetry/winston-transport': '0.34.0',
    },
    flags: (folder) => [
      '--require',
      join(folder, 'node_modules/@opentelemetry/auto-instrumentations-node/build/src/register.js'),
    ],
    env: openTelemetry,
    sends: 'OTLP',
  },
  {
    id: 'edot',
    title: 'Elastic EDOT',
    packages: { '@elastic/opentelemetry-node': '1.18.0' },
    flags: (folder) => ['--import', join(folder, 'node_modules/@elastic/opentelemetry-node/import.mjs')],
    env: (url) => ({ ...openTelemetry(url), ELASTIC_OTEL_NODE_ENABLE_LOG_SENDING: 'true' }),
    sends: 'OTLP',
  },
  {
    id: 'dd-trace',
    title: 'Datadog dd-trace',
    packages: { 'dd-trace': '6.21.0' },
    flags: (folder) => ['--require', join(folder, 'node_modules/dd-trace/init.js')],
    env: (url) => ({
      DD_SERVICE: 'bench',
      DD_TRACE_AGENT_URL: url,
      // Without these two, logs are left to an agent that reads the service's output.
      DD_AGENTLESS_LOG_SUBMISSION_ENABLED: 'true',
      DD_AGENTLESS_LOG_SUBMISSION_URL: url,
      DD_API_KEY: 'bench',
    }),
    sends: 'its own protocol',
  },
];

/** The variants with these ids, in the order of the page, `bare` always among them. Throws on an id that isn't there. */
export function chooseVariants(ids: readonly string[]): readonly Variant[] {
  const unknown = ids.find((id) => !variants.some((variant) => variant.id === id));
  if (unknown !== undefined) {
    const known = variants.map(({ id }) => id).join(', ');
    throw new Error(`there is no variant '${unknown}'; the variants are: ${known}`);
  }
  return variants.filter(({ id }) => id === 'bare' || ids.includes(id));
}
