import { type Part, type Stack, startStack } from '@hallmark/stack';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';

/** What faults are played on: the real collector and Elasticsearch, with a proxy between them. */
export interface Scene {
  readonly stack: Stack;
  readonly proxy: FaultProxy;
  readonly otlp: () => string;
  readonly admin: () => string;
  readonly collector: () => Part;
  readonly elasticsearch: () => Part;
  /** The stream that blocks are put on: that of `system`. */
  readonly stream: string;
  readonly system: string;
  /** How long a fault lasts that keeps the collector waiting: longer than its time-outs as they are configured here. Unit: ms. */
  readonly holdMs: number;
  /** How long a fault lasts that is answered at once: longer than the pauses between repeats. Unit: ms. */
  readonly holdAnswerMs: number;
  /** Changes the collector's environment from its next start on. */
  changeEnvironment(changes: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** The configuration's time-outs and longest pause, shortened so that a test of many faults ends in minutes. */
export const shortTimes = { ELASTICSEARCH_TIMEOUT: '7s', STORE_TIMEOUT: '8s', RETRY_MAX_INTERVAL: '1s' };
const longerThanShortTimesMs = 9_000;
const longerThanShortPausesMs = 2_000;
/** The configuration as it is: 30 s, 20 s and 5 s. */
const longerThanRealTimesMs = 60_000;
const longerThanRealPausesMs = 15_000;

export interface SceneOptions {
  /** With the time-outs that users have, instead of `shortTimes`. */
  readonly realTimes?: boolean;
  /** How long a fault lasts that keeps the collector waiting. Unit: ms; default: longer than the time-outs. */
  readonly holdMs?: number;
  readonly onProgress?: (line: string) => void;
}

/** Starts the parts; `close` ends them. */
export async function openScene({ realTimes = false, holdMs, onProgress }: SceneOptions = {}): Promise<Scene> {
  let proxy: FaultProxy | undefined;
  let changes: Readonly<Record<string, string>> = realTimes ? {} : shortTimes;
  const stack = await startStack({
    parts: ['elasticsearch', 'collector'],
    ...(onProgress && { onProgress }),
    collectorEnvironment: async (given) => {
      proxy ??= await startFaultProxy(given.ELASTICSEARCH_URL ?? '');
      return { ...given, ELASTICSEARCH_URL: proxy.url, ...changes };
    },
  });
  const started = proxy as FaultProxy | undefined;
  if (!started) throw new Error('the collector was started without its proxy');
  return {
    stack,
    proxy: started,
    otlp: () => stack.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    admin: () => stack.env.ELASTICSEARCH_URL ?? '',
    collector: () => stack.parts.collector,
    elasticsearch: () => stack.parts.elasticsearch,
    system: 'shop-api',
    stream: 'logs-shop_api.otel-default',
    holdMs: holdMs ?? (realTimes ? longerThanRealTimesMs : longerThanShortTimesMs),
    holdAnswerMs: realTimes ? longerThanRealPausesMs : longerThanShortPausesMs,
    changeEnvironment(next) {
      changes = { ...changes, ...next };
    },
    async close() {
      await started.close();
      await stack.stop();
    },
  };
}
