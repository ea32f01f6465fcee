import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, suppressTracing } from '@opentelemetry/core';
import { limits } from '../settings/limits.js';
import type { SignalSettings } from '../settings/settings.js';
import { describe, guarded } from '../talk/stderr.js';
import type { Outage, Signal } from './outage.js';

export interface Exporter<T> {
  export(items: T[], done: (result: ExportResult) => void): void;
}

export interface WithResource {
  readonly resource: { readonly asyncAttributesPending?: boolean; waitForAsyncAttributes?(): Promise<void> };
}

interface BatchOptions<T> {
  readonly signal: Signal;
  readonly exporter: () => Exporter<T>;
  readonly settings: SignalSettings;
  readonly outage: Outage;
  readonly weigh: (item: T) => number;
}

/**
 * Queue of one signal with bounded memory. Unlike upstream's batch processors it can hand over what is pending without
 * waiting, counts what it drops, keeps a batch that the collector did not take, and holds no timer of the process.
 */
export class Batch<T extends WithResource> {
  readonly #signal: Signal;
  readonly #exporter: () => Exporter<T>;
  readonly #settings: SignalSettings;
  readonly #outage: Outage;
  readonly #weigh: (item: T) => number;
  #queue: T[] = [];
  #inFlight: T[] = [];
  #bytes = 0;
  #attempt: Promise<boolean> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ signal, exporter, settings, outage, weigh }: BatchOptions<T>) {
    this.#signal = signal;
    this.#exporter = exporter;
    this.#settings = settings;
    this.#outage = outage;
    this.#weigh = weigh;
  }

  add(item: T): void {
    const bytes = this.#weigh(item);
    const isFull = this.#queue.length + this.#inFlight.length >= this.#settings.queueItems;
    if (isFull || this.#bytes + bytes > limits.queueBytes) {
      this.#outage.dropped(this.#signal, 1);
      return;
    }
    this.#bytes += bytes;
    this.#queue.push(item);
    if (this.#attempt) return;
    if (this.#queue.length >= this.#settings.batchItems && !this.#outage.isOn) void this.#send();
    else this.#schedule(this.#outage.isOn ? limits.retryDelayMs : this.#settings.batchDelayMs);
  }

  /** Sends until nothing is left. @returns false as soon as the collector refuses or does not answer */
  async flush(): Promise<boolean> {
    while (this.#queue.length > 0 || this.#attempt) {
      if (!(await (this.#attempt ?? this.#send()))) return false;
    }
    return true;
  }

  /** Takes out everything that the collector has not acknowledged, what is under way included, as requests would be. */
  drain(): T[][] {
    this.#queue = [...this.#inFlight, ...this.#queue];
    this.#inFlight = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const requests: T[][] = [];
    while (this.#queue.length > 0) requests.push(this.#queue.splice(0, this.#nextCount()));
    return requests;
  }

  /** Forgets what is under way: the collector has it. */
  acknowledge(): void {
    this.#inFlight = [];
  }

  #schedule(delayMs: number): void {
    if (this.#timer || this.#attempt) return;
    this.#timer = setTimeout(() => void this.#send(), delayMs);
  }

  #send(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#inFlight = this.#queue.splice(0, this.#nextCount());
    this.#attempt = this.#export(this.#inFlight).then((result) => this.#settle(result));
    return this.#attempt;
  }

  /** As many as one request may carry, by count and by size; at least one. */
  #nextCount(): number {
    const most = Math.min(this.#settings.batchItems, this.#queue.length);
    let bytes = 0;
    for (let count = 0; count < most; count += 1) {
      bytes += this.#weigh(this.#queue[count] as T);
      if (bytes > limits.requestBytes && count > 0) return count;
    }
    return most;
  }

  #forget(items: readonly T[]): void {
    for (const item of items) this.#bytes -= this.#weigh(item);
  }

  async #export(items: T[]): Promise<ExportResult> {
    const resource = items[0]?.resource;
    if (resource?.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
    return new Promise((resolve) => {
      const failed = (error: unknown) => resolve({ code: ExportResultCode.FAILED, error: error as Error });
      context.with(suppressTracing(ROOT_CONTEXT), () => {
        try {
          this.#exporter().export(items, resolve);
        } catch (error) {
          failed(error);
        }
      });
    });
  }

  #settle({ code, error }: ExportResult): boolean {
    const items = this.#inFlight;
    this.#inFlight = [];
    this.#attempt = undefined;
    const taken = code === ExportResultCode.SUCCESS;
    if (taken) {
      this.#forget(items);
      this.#outage.succeeded();
    } else guarded('export', () => this.#keepOrDrop(items, error));
    if (this.#queue.length >= this.#settings.batchItems && taken) void this.#send();
    else if (this.#queue.length > 0) this.#schedule(taken ? this.#settings.batchDelayMs : limits.retryDelayMs);
    return taken;
  }

  /** An answer with a status that will not change by repeating (4xx but 429, 500) ends the batch; anything else is repeated. */
  #keepOrDrop(items: T[], error: Error | undefined): void {
    const status = (error as { code?: unknown } | undefined)?.code;
    this.#outage.failed(typeof status === 'number' ? `HTTP ${status}` : describe(error));
    if (typeof status === 'number') {
      this.#forget(items);
      this.#outage.dropped(this.#signal, items.length);
    } else this.#queue = [...items, ...this.#queue];
  }
}
