import {
  type Destinations,
  type Peers,
  parseDestinations,
  parsePeers,
  parsePeersOrEverybody,
} from '../context/peers.js';
import { type RecordKind, recordKinds } from '../records/kinds.js';
import type { RecordLimits } from '../records/record-writer.js';
import type { Environment, IgnoredSettings } from './environment.js';
import { limits } from './limits.js';

export type Protocol = 'http/json' | 'http/protobuf';
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

/** Where and how one signal is sent; undefined in Settings when its exporter is `none`. */
export interface SignalSettings {
  readonly url: string;
  readonly protocol: Protocol;
  readonly headers: Readonly<Record<string, string>>;
  readonly queueItems: number;
  readonly batchItems: number;
  readonly batchDelayMs: number;
}

/** Where what the process uses is sent, and how often; undefined in Settings when the exporter is `none`. */
export interface MetricSettings {
  readonly url: string;
  readonly intervalMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** By what a running service may be asked for more. */
export interface LiveSettings {
  readonly file: string | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

const LOG_SOURCES = ['console', 'pino'] as const;
export type LogSource = (typeof LOG_SOURCES)[number];

export interface Settings {
  readonly logs: SignalSettings | undefined;
  readonly traces: SignalSettings | undefined;
  readonly metrics: MetricSettings | undefined;
  /** For the lines that are said: scheme, host and port only, of the logs where both signals have their own. */
  readonly endpoint: string;
  readonly exitTimeoutMs: number;
  readonly exportTimeoutMs: number;
  readonly ignoredPaths: readonly string[];
  readonly recordsOff: ReadonlySet<RecordKind>;
  readonly recordLimits: RecordLimits;
  readonly messageContent: boolean;
  /** Loggers whose lines are sent besides winston's. */
  readonly logsFrom: ReadonlySet<LogSource>;
  readonly contextKeys: readonly string[];
  readonly contextSources: ReadonlyMap<string, readonly string[]>;
  readonly sendTo: Destinations;
  readonly acceptFrom: Peers;
  /** HTTP peers whose trace a request joins; of all others it begins a new one. */
  readonly joinTraceOf: Peers;
  /** undefined when nothing is watched. */
  readonly live: LiveSettings | undefined;
  readonly ignored: IgnoredSettings;
}

/** Reads every variable that the preload itself obeys. Wrong values never throw: they are listed in `ignored`. */
export function readSettings(env: Environment): Settings {
  for (const name of ['OTEL_CONFIG_FILE', 'OTEL_EXPERIMENTAL_CONFIG_FILE'])
    if (env.text(name) !== undefined) env.ignore(name, 'configuration files are not read, only variables');
  const endpoint = env.url('OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'http://localhost:4318';
  const headers = env.headers('OTEL_EXPORTER_OTLP_HEADERS');
  const signal = (exporter: string, area: string, batch: string): SignalSettings | undefined => {
    const url = env.url(`OTEL_EXPORTER_OTLP_${area}_ENDPOINT`) ?? below(endpoint, `v1/${area.toLowerCase()}`);
    if (env.choice(exporter, ['otlp', 'none'], 'otlp') === 'none') return undefined;
    return {
      url,
      protocol: env.choice(
        `OTEL_EXPORTER_OTLP_${area}_PROTOCOL`,
        PROTOCOLS,
        env.choice('OTEL_EXPORTER_OTLP_PROTOCOL', PROTOCOLS, 'http/protobuf'),
      ),
      headers: { ...headers, ...env.headers(`OTEL_EXPORTER_OTLP_${area}_HEADERS`) },
      queueItems: env.number(`${batch}_MAX_QUEUE_SIZE`, limits.queueItems, 1),
      batchItems: env.number(`${batch}_MAX_EXPORT_BATCH_SIZE`, limits.batchItems, 1),
      batchDelayMs: env.number(`${batch}_SCHEDULE_DELAY`, limits.batchDelayMs, 0),
    };
  };
  for (const area of ['', 'LOGS_', 'TRACES_']) {
    env.choice(`OTEL_EXPORTER_OTLP_${area}COMPRESSION`, ['gzip', 'none'], 'none');
    for (const file of ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'])
      env.pem(`OTEL_EXPORTER_OTLP_${area}${file}`);
  }
  const logs = signal('OTEL_LOGS_EXPORTER', 'LOGS', 'OTEL_BLRP');
  const traces = signal('OTEL_TRACES_EXPORTER', 'TRACES', 'OTEL_BSP');
  return {
    logs,
    traces,
    metrics: readMetrics(env, endpoint, headers),
    endpoint: new URL((logs ?? traces)?.url ?? endpoint).origin,
    exitTimeoutMs: env.number('HALLMARK_EXIT_TIMEOUT_MS', limits.exitTimeoutMs, 0, limits.longestExitMs),
    exportTimeoutMs: env.number('OTEL_EXPORTER_OTLP_TIMEOUT', limits.exportTimeoutMs, 1),
    ignoredPaths: env.paths('HALLMARK_IGNORE_PATHS'),
    recordsOff: env.names('HALLMARK_RECORDS_OFF', recordKinds),
    logsFrom: env.names('HALLMARK_LOGS_FROM', LOG_SOURCES),
    recordLimits: readRecordLimits(env),
    messageContent: env.flag('HALLMARK_MESSAGE_CONTENT', false),
    contextKeys: env.list('HALLMARK_CONTEXT_KEYS'),
    contextSources: env.sources('HALLMARK_CONTEXT_FROM'),
    sendTo: parseDestinations(env, 'HALLMARK_CONTEXT_SEND_TO'),
    acceptFrom: parsePeers(env, 'HALLMARK_CONTEXT_ACCEPT_FROM'),
    joinTraceOf: parsePeersOrEverybody(env, 'HALLMARK_TRACE_ACCEPT_FROM'),
    live: readLive(env),
    ignored: env.ignored,
  };
}

function readMetrics(
  env: Environment,
  endpoint: string,
  common: SignalSettings['headers'],
): MetricSettings | undefined {
  const url = env.url('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT') ?? below(endpoint, 'v1/metrics');
  const intervalMs = env.number('OTEL_METRIC_EXPORT_INTERVAL', limits.metricIntervalMs, 1);
  if (env.choice('OTEL_METRICS_EXPORTER', ['otlp', 'none'], 'otlp') === 'none') return undefined;
  const headers = { ...common, ...env.headers('OTEL_EXPORTER_OTLP_METRICS_HEADERS') };
  return { url, intervalMs, headers };
}

/** A path below that of the endpoint, as the specification of OTLP exporters has it. */
function below(endpoint: string, path: string): string {
  const url = new URL(endpoint);
  url.pathname = url.pathname.replace(/\/?$/, `/${path}`);
  return url.href;
}

/** By the variables of the SDK, which applies them to what the service itself emits. */
function readRecordLimits(env: Environment): RecordLimits {
  const limit = (name: string, fallback: number) =>
    env.number(`OTEL_LOGRECORD_${name}`, env.number(`OTEL_${name}`, fallback, 0), 0);
  return {
    attributeCountLimit: limit('ATTRIBUTE_COUNT_LIMIT', limits.recordAttributes),
    attributeValueLengthLimit: limit('ATTRIBUTE_VALUE_LENGTH_LIMIT', Number.POSITIVE_INFINITY),
  };
}

function readLive(env: Environment): LiveSettings | undefined {
  const file = env.text('HALLMARK_LIVE_FILE');
  const name = env.choice('HALLMARK_LIVE_SIGNAL', ['none', 'sigusr2', 'sighup'], 'none');
  if (file === undefined && name === 'none') return undefined;
  return { file, signal: name === 'none' ? undefined : (name.toUpperCase() as NodeJS.Signals) };
}
