import { gzipSync } from 'node:zlib';
import { TraceFlags } from '@opentelemetry/api';
import type { LogRecordProcessor, ReadableLogRecord, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Settings, SignalSettings } from '../settings/settings.js';
import { Batch, type Exporter, type WithResource } from './batch.js';
import { type Connection, readConnection } from './connection.js';
import { Outage, type Signal } from './outage.js';
import { CollectorSockets } from './sockets.js';
import { logsWay, tracesWay, type Way } from './ways.js';

/** A request body that is ready to be posted. */
export interface PendingRequest {
  readonly signal: Signal;
  readonly items: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One signal's queue and its way to the collector. */
class Lane<T extends WithResource> {
  readonly batch: Batch<T>;
  readonly #signal: Signal;
  readonly #way: Way<T>;
  readonly #connect: () => Connection;
  #connection: Connection | undefined;
  #exporter: Exporter<T> | undefined;

  constructor(signal: Signal, settings: SignalSettings, outage: Outage, way: Way<T>, connect: () => Connection) {
    this.#signal = signal;
    this.#way = way;
    this.#connect = connect;
    this.batch = new Batch({ signal, exporter: () => this.#readyExporter(), settings, outage, weigh: way.weigh });
  }

  drain(): PendingRequest[] {
    return this.batch.drain().flatMap((items) => {
      const { url, headers, compression } = this.#readyConnection();
      const body = this.#way.serialize(items);
      if (!body) return [];
      const request = { signal: this.#signal, items: items.length, url };
      if (compression === 'none') return [{ ...request, headers, body }];
      return [{ ...request, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) }];
    });
  }

  acknowledge(paths: readonly string[]): void {
    if (this.#connection && paths.includes(new URL(this.#connection.url).pathname)) this.batch.acknowledge();
  }

  #readyConnection(): Connection {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  /** Made with the first batch: a process that ends before it never evaluates an exporter. */
  #readyExporter(): Exporter<T> {
    this.#exporter ??= this.#way.createExporter(this.#readyConnection());
    return this.#exporter;
  }
}

/** Both signals' ways out, ends of the SDK's processor chains. */
export class Pipeline {
  readonly outage: Outage;
  readonly sockets: CollectorSockets;
  readonly #logs: Lane<ReadableLogRecord> | undefined;
  readonly #traces: Lane<ReadableSpan> | undefined;

  constructor({ endpoint, logs, traces }: Settings) {
    this.outage = new Outage(endpoint);
    this.sockets = new CollectorSockets(() => this.outage.isOn);
    this.#logs =
      logs && new Lane('records', logs, this.outage, logsWay(logs), () => readConnection('LOGS', logs, this.sockets));
    this.#traces =
      traces &&
      new Lane('spans', traces, this.outage, tracesWay(traces), () => readConnection('TRACES', traces, this.sockets));
  }

  logRecordProcessor(): LogRecordProcessor {
    return {
      onEmit: (record: ReadWriteLogRecord) => this.#logs?.batch.add(record),
      forceFlush: () => this.flush().then(() => undefined),
      shutdown: () => this.flush().then(() => undefined),
    };
  }

  /** Takes sampled spans. @param isWanted false for spans that tell nothing */
  spanProcessor(isWanted: (span: ReadableSpan) => boolean): SpanProcessor {
    return {
      onStart: () => undefined,
      onEnd: (span: ReadableSpan) => {
        const sampled = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
        if (sampled && isWanted(span)) this.#traces?.batch.add(span);
      },
      forceFlush: () => this.flush().then(() => undefined),
      shutdown: () => this.flush().then(() => undefined),
    };
  }

  /** @returns true when the collector has taken everything */
  async flush(): Promise<boolean> {
    const results = await Promise.all([this.#logs?.batch.flush() ?? true, this.#traces?.batch.flush() ?? true]);
    return results.every(Boolean);
  }

  /** Paths of requests whose answer was read past the event loop: their batches are not to be sent again. */
  acknowledge(paths: readonly string[]): void {
    for (const lane of [this.#logs, this.#traces]) lane?.acknowledge(paths);
  }

  /** Everything that is not acknowledged yet, as ready request bodies. */
  drain(): PendingRequest[] {
    return [...(this.#logs?.drain() ?? []), ...(this.#traces?.drain() ?? [])];
  }
}
