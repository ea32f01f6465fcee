import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import { limits } from '../settings/limits.js';
import type { SignalSettings } from '../settings/settings.js';
import { describe, guarded } from '../talk/stderr.js';
import type { Encoding, ItemWriter, Part, Resource, Scope } from './encoding.js';
import type { Outage, Signal } from './outage.js';
import type { Exporter, Request } from './ways.js';

/** What one request would carry. It is put together when it is asked for: a process that ends may have no time for it. */
export interface PendingLoad {
  readonly items: number;
  encode(): Request;
}

export interface BatchOptions<T> {
  readonly signal: Signal;
  readonly exporter: () => Exporter;
  readonly encoding: Encoding<T>;
  /** Asked for with each request. @param scopes of the request's items */
  readonly resource: (scopes: readonly Scope[]) => Resource;
  readonly settings: SignalSettings;
  readonly outage: Outage;
}

/** What one request will carry. */
interface Load {
  readonly items: number;
  readonly bytes: number;
  readonly parts: readonly Part[];
  /** How often it was halved because it was too large; undefined: not yet. */
  readonly halvings?: number;
}

/** Scopes whose writers are kept; a service that makes up names of loggers must not fill the memory. */
const MOST_WRITERS = 64;
/** The largest load in 32 parts is below what any server or proxy takes; who refuses that would cost a request for each item. */
const MOST_HALVINGS = 5;

/**
 * Queue of one signal with bounded memory. Unlike upstream's batch processors it encodes an item when it comes and holds bytes
 * only, can hand over what is pending without waiting, counts what it drops, keeps a batch that the collector did not take, and
 * holds no timer of the process.
 */
export class Batch<T extends { readonly instrumentationScope: Scope }> {
  readonly #options: BatchOptions<T>;
  readonly #writers = new Map<Scope, ItemWriter<T>>();
  /** Of the load that is being filled. */
  #openItems = 0;
  #openBytes = 0;
  #waiting: Load[] = [];
  #inFlight: Load | undefined;
  /** Of everything that is kept. */
  #items = 0;
  #bytes = 0;
  #attempt: Promise<boolean> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BatchOptions<T>) {
    this.#options = options;
  }

  add(item: T): void {
    const { settings, outage, signal } = this.#options;
    if (this.#items >= settings.queueItems || this.#bytes >= limits.queueBytes) {
      outage.dropped(signal, 1);
      return;
    }
    const bytes = this.#writerOf(item.instrumentationScope).append(item);
    this.#items += 1;
    this.#bytes += bytes;
    this.#openItems += 1;
    this.#openBytes += bytes;
    if (this.#openItems < settings.batchItems && this.#openBytes < limits.requestBytes) {
      if (!this.#timer) this.#schedule(outage.isOn ? limits.retryDelayMs : settings.batchDelayMs);
      return;
    }
    this.#close();
    if (outage.isOn) this.#schedule(limits.retryDelayMs);
    else if (!this.#attempt) void this.#send();
  }

  /** Sends until nothing is left. @returns false as soon as the collector refuses or does not answer */
  async flush(): Promise<boolean> {
    while (this.#items > 0) {
      if (!(await (this.#attempt ?? this.#send()))) return false;
    }
    return true;
  }

  /** Items that the collector has not acknowledged. */
  get pending(): number {
    return this.#items;
  }

  /** Takes out everything that the collector has not acknowledged, what is under way included, the oldest first. */
  drain(): PendingLoad[] {
    this.#close();
    const loads = this.#inFlight ? [this.#inFlight, ...this.#waiting] : this.#waiting;
    this.#inFlight = undefined;
    this.#waiting = [];
    this.#items = 0;
    this.#bytes = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return loads.map((load) => ({ items: load.items, encode: () => this.#request(load) }));
  }

  /** Forgets what is under way: the collector has it. */
  acknowledge(): void {
    if (this.#inFlight) this.#forget(this.#inFlight);
    this.#inFlight = undefined;
  }

  #writerOf(scope: Scope): ItemWriter<T> {
    let writer = this.#writers.get(scope);
    if (!writer) {
      writer = this.#options.encoding.begin();
      this.#writers.set(scope, writer);
    }
    return writer;
  }

  /** Ends the load that is being filled. */
  #close(): void {
    if (this.#openItems === 0) return;
    const parts: Part[] = [];
    for (const [scope, writer] of this.#writers) {
      const bytes = writer.take();
      if (bytes.length > 0) parts.push({ scope, bytes });
    }
    if (this.#writers.size > MOST_WRITERS) this.#writers.clear();
    this.#waiting.push({ items: this.#openItems, bytes: this.#openBytes, parts });
    this.#openItems = 0;
    this.#openBytes = 0;
  }

  #schedule(delayMs: number): void {
    if (this.#timer || this.#attempt) return;
    this.#timer = setTimeout(() => void this.#send(), delayMs);
  }

  async #send(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) this.#close();
    this.#inFlight = this.#waiting.shift();
    if (!this.#inFlight) return true;
    this.#attempt = this.#export(this.#inFlight).then((result) => this.#settle(result));
    return this.#attempt;
  }

  #request({ items, parts }: Load): Request {
    const { encoding, resource } = this.#options;
    return { items, body: encoding.body(resource(parts.map(({ scope }) => scope)), parts) };
  }

  #forget({ items, bytes }: Load): void {
    this.#items -= items;
    this.#bytes -= bytes;
  }

  async #export(load: Load): Promise<ExportResult> {
    try {
      const resource = this.#options.resource([]);
      if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
      return await new Promise((resolve) => {
        context.with(suppressTracing(ROOT_CONTEXT), () => {
          this.#options.exporter().export(this.#request(load), resolve);
        });
      });
    } catch (error) {
      return { code: ExportResultCode.FAILED, error: error as Error };
    }
  }

  #settle({ code, error }: ExportResult): boolean {
    const { settings, outage } = this.#options;
    const load = this.#inFlight;
    this.#inFlight = undefined;
    this.#attempt = undefined;
    const taken = code === ExportResultCode.SUCCESS;
    const isSplit =
      !taken && load !== undefined && isTooLarge(error) && guarded('split', () => this.#split(load)) === true;
    if (taken) {
      if (load) this.#forget(load);
      outage.succeeded();
    } else if (!isSplit) guarded('export', () => this.#keepOrDrop(load, error));
    if (this.#waiting.length > 0 && (taken || isSplit)) void this.#send();
    else if (this.#items > 0) this.#schedule(taken ? settings.batchDelayMs : limits.retryDelayMs);
    return taken || isSplit;
  }

  /** Puts two loads in the place of one. @returns false where it can't be made smaller */
  #split(load: Load): boolean {
    const { halvings = 0 } = load;
    if (load.items < 2 || halvings >= MOST_HALVINGS) return false;
    const { encoding } = this.#options;
    const all = load.parts.flatMap(({ scope, bytes }) => encoding.split(bytes).map((item) => ({ scope, item })));
    const size = all.reduce((sum, { item }) => sum + item.length, 0);
    let firstBytes = 0;
    let count = 0;
    while (count < all.length - 1 && (count === 0 || firstBytes < size / 2))
      firstBytes += all[count++]?.item.length ?? 0;
    const half = (items: typeof all, bytes: number): Load => {
      const scopes = [...new Set(items.map(({ scope }) => scope))];
      const parts = scopes.map((scope) => ({
        scope,
        bytes: encoding.join(items.filter((one) => one.scope === scope).map(({ item }) => item)),
      }));
      return { items: items.length, bytes, parts, halvings: halvings + 1 };
    };
    this.#waiting.unshift(half(all.slice(0, count), firstBytes), half(all.slice(count), load.bytes - firstBytes));
    return true;
  }

  /** An answer with a status that will not change by repeating (4xx but 429, 500) ends the batch; anything else is repeated. */
  #keepOrDrop(load: Load | undefined, error: Error | undefined): void {
    const { outage, signal } = this.#options;
    const status = (error as { code?: unknown } | undefined)?.code;
    if (typeof status === 'number') {
      outage.refused(`HTTP ${status}`);
      if (!load) return;
      this.#forget(load);
      outage.dropped(signal, load.items);
      return;
    }
    outage.failed(describe(error));
    if (load) this.#waiting.unshift(load);
  }
}

/** Said by 413, or in words with another status that ends a request: Go's own limit of a body is answered with 400. */
function isTooLarge(error: Error | undefined): boolean {
  const { code, data } = (error ?? {}) as { code?: unknown; data?: unknown };
  return code === 413 || (code === 400 && /too large|larger than/i.test(String(data)));
}
