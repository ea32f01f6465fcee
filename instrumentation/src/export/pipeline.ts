import { gzipSync } from 'node:zlib';
import { TraceFlags } from '@opentelemetry/api';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Settings } from '../settings/settings.js';
import { Batch, type BatchOptions } from './batch.js';
import { type Connection, readConnection } from './connection.js';
import type { LogItem, Resource, Scope } from './encoding.js';
import { type Losses, Outage, type Signal } from './outage.js';
import { nextRecordUid, recordUidAttribute } from './record-uid.js';
import { CollectorSockets } from './sockets.js';
import { type Exporter, logsWay, type Request, tracesWay, type Way } from './ways.js';

/** A request body that is ready to be posted. */
export interface PendingRequest {
  readonly signal: Signal;
  readonly items: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that is put together, and compressed, when it is asked for. */
export interface PendingDelivery {
  readonly signal: Signal;
  readonly items: number;
  readonly url: string;
  encode(): PendingRequest;
}

/** One signal's queue and its way to the collector. */
class Lane<T extends { readonly instrumentationScope: Scope }> {
  readonly batch: Batch<T>;
  readonly #signal: Signal;
  readonly #way: Way<T>;
  readonly #connect: () => Connection;
  #connection: Connection | undefined;
  #exporter: Exporter | undefined;

  constructor(
    way: Way<T>,
    connect: () => Connection,
    options: Pick<BatchOptions<T>, 'signal' | 'settings' | 'outage' | 'resource'>,
  ) {
    this.#signal = options.signal;
    this.#way = way;
    this.#connect = connect;
    this.batch = new Batch({ ...options, encoding: way.encoding, exporter: () => this.#readyExporter() });
  }

  drain(): PendingDelivery[] {
    return this.batch.drain().map(({ items, encode }) => ({
      signal: this.#signal,
      items,
      url: this.#readyConnection().url,
      encode: () => this.#pack(encode()),
    }));
  }

  #pack({ items, body }: Request): PendingRequest {
    const { url, headers, compression } = this.#readyConnection();
    const request = { signal: this.#signal, items, url };
    if (compression === 'none') return { ...request, headers, body };
    return { ...request, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(body) };
  }

  acknowledge(paths: readonly string[]): void {
    if (this.#connection && paths.includes(new URL(this.#connection.url).pathname)) this.batch.acknowledge();
  }

  #readyConnection(): Connection {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  /** Made with the first batch: a process that ends before it never evaluates an exporter. */
  #readyExporter(): Exporter {
    this.#exporter ??= this.#way.createExporter(this.#readyConnection());
    return this.#exporter;
  }
}

/** Both signals' ways out, ends of the SDK's processor chains. */
export class Pipeline {
  readonly outage: Outage;
  readonly sockets: CollectorSockets;
  readonly #logs: Lane<LogItem> | undefined;
  readonly #traces: Lane<ReadableSpan> | undefined;

  /** @param resource of the SDK, without anything personal in it; the same for the scopes that it is given */
  constructor({ endpoint, logs, traces }: Settings, resource: (scopes: readonly Scope[]) => Resource) {
    const outage = new Outage(endpoint);
    const sockets = new CollectorSockets(() => outage.isOn);
    this.outage = outage;
    this.sockets = sockets;
    if (logs) {
      const connect = () => readConnection('LOGS', logs, sockets);
      this.#logs = new Lane(logsWay(logs.protocol), connect, { signal: 'records', settings: logs, outage, resource });
    }
    if (traces) {
      const connect = () => readConnection('TRACES', traces, sockets);
      this.#traces = new Lane(tracesWay(traces.protocol), connect, {
        signal: 'spans',
        settings: traces,
        outage,
        resource,
      });
    }
  }

  /** Takes a record that is ready: correlated and redacted. It gets an id unless the service gave it one. */
  addRecord(record: LogItem): void {
    if (!this.#logs) return;
    record.attributes[recordUidAttribute] ??= nextRecordUid();
    this.#logs.batch.add(record);
  }

  logRecordProcessor(): LogRecordProcessor {
    return {
      onEmit: (record: ReadWriteLogRecord) => this.addRecord(record),
      forceFlush: () => this.flush().then(() => undefined),
      shutdown: () => this.flush().then(() => undefined),
    };
  }

  /** Takes sampled spans. */
  spanProcessor(): SpanProcessor {
    return {
      onStart: () => undefined,
      onEnd: (span: ReadableSpan) => {
        const sampled = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
        if (sampled) this.#traces?.batch.add(span);
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

  /** How much is not acknowledged yet. */
  pending(): Losses {
    return { records: this.#logs?.batch.pending ?? 0, spans: this.#traces?.batch.pending ?? 0 };
  }

  /** Takes out everything that is not acknowledged yet; the last records first: why a process ends stands in them. */
  drain(): PendingDelivery[] {
    return [...(this.#logs?.drain().reverse() ?? []), ...(this.#traces?.drain().reverse() ?? [])];
  }
}
