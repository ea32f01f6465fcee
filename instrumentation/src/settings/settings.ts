import {
  type Destinations,
  type Peers,
  parseDestinations,
  parsePeers,
  parsePeersOrEverybody,
} from '../context/peers.js';
import { type RecordKind, recordKinds } from '../records/kinds.js';
import type { Environment, IgnoredSettings } from './environment.js';
import { limits } from './limits.js';

export type Protocol = 'http/json' | 'http/protobuf';
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

/** Where and how one signal is sent; undefined in Settings when its exporter is `none`. */
export interface SignalSettings {
  readonly protocol: Protocol;
  readonly queueItems: number;
  readonly batchItems: number;
  readonly batchDelayMs: number;
}

export interface Settings {
  readonly logs: SignalSettings | undefined;
  readonly traces: SignalSettings | undefined;
  /** For the start-up line: scheme, host and port only. */
  readonly endpoint: string;
  readonly exitTimeoutMs: number;
  readonly exportTimeoutMs: number;
  readonly ignoredPaths: readonly string[];
  readonly recordsOff: ReadonlySet<RecordKind>;
  readonly messageContent: boolean;
  readonly contextKeys: readonly string[];
  readonly contextSources: ReadonlyMap<string, readonly string[]>;
  readonly sendTo: Destinations;
  readonly acceptFrom: Peers;
  /** HTTP peers whose trace a request joins; of all others it begins a new one. */
  readonly joinTraceOf: Peers;
  readonly ignored: IgnoredSettings;
}

/** Reads every variable that the preload itself obeys. Wrong values never throw: they are listed in `ignored`. */
export function readSettings(env: Environment): Settings {
  const signal = (exporter: string, area: string, batch: string): SignalSettings | undefined => {
    if (env.choice(exporter, ['otlp', 'none'], 'otlp') === 'none') return undefined;
    return {
      protocol: env.choice(
        `OTEL_EXPORTER_OTLP_${area}_PROTOCOL`,
        PROTOCOLS,
        env.choice('OTEL_EXPORTER_OTLP_PROTOCOL', PROTOCOLS, 'http/protobuf'),
      ),
      queueItems: env.number(`${batch}_MAX_QUEUE_SIZE`, limits.queueItems, 1),
      batchItems: env.number(`${batch}_MAX_EXPORT_BATCH_SIZE`, limits.batchItems, 1),
      batchDelayMs: env.number(`${batch}_SCHEDULE_DELAY`, limits.batchDelayMs, 0),
    };
  };
  for (const area of ['', 'LOGS_', 'TRACES_'])
    env.choice(`OTEL_EXPORTER_OTLP_${area}COMPRESSION`, ['gzip', 'none'], 'none');
  const metrics = env.text('OTEL_METRICS_EXPORTER');
  if (metrics !== undefined && metrics !== 'none') env.ignore('OTEL_METRICS_EXPORTER', 'metrics are not sent');
  const endpoint = env.url('OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'http://localhost:4318';
  env.url('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT');
  env.url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  return {
    logs: signal('OTEL_LOGS_EXPORTER', 'LOGS', 'OTEL_BLRP'),
    traces: signal('OTEL_TRACES_EXPORTER', 'TRACES', 'OTEL_BSP'),
    endpoint: new URL(endpoint).origin,
    exitTimeoutMs: env.number('HALLMARK_EXIT_TIMEOUT_MS', limits.exitTimeoutMs, 0),
    exportTimeoutMs: env.number('OTEL_EXPORTER_OTLP_TIMEOUT', limits.exportTimeoutMs, 1),
    ignoredPaths: env.list('HALLMARK_IGNORE_PATHS'),
    recordsOff: readRecordsOff(env),
    messageContent: env.flag('HALLMARK_MESSAGE_CONTENT', false),
    contextKeys: env.list('HALLMARK_CONTEXT_KEYS'),
    contextSources: env.sources('HALLMARK_CONTEXT_FROM'),
    sendTo: parseDestinations(env, 'HALLMARK_CONTEXT_SEND_TO'),
    acceptFrom: parsePeers(env, 'HALLMARK_CONTEXT_ACCEPT_FROM'),
    joinTraceOf: parsePeersOrEverybody(env, 'HALLMARK_TRACE_ACCEPT_FROM'),
    ignored: env.ignored,
  };
}

function readRecordsOff(env: Environment): Set<RecordKind> {
  const off = new Set<RecordKind>();
  for (const kind of env.list('HALLMARK_RECORDS_OFF')) {
    if ((recordKinds as readonly string[]).includes(kind)) off.add(kind as RecordKind);
    else env.ignore('HALLMARK_RECORDS_OFF', `kinds are ${recordKinds.join(', ')}`);
  }
  return off;
}
