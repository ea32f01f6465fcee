import { limits } from '../settings/limits.js';
import { say } from '../talk/stderr.js';

/** What was lost since the collector went away. */
export interface Losses {
  records: number;
  spans: number;
}

export type Signal = keyof Losses;

/**
 * Follows whether the collector answers: one line when it goes, one when it comes back with what was dropped meanwhile.
 * Logs and traces share one, since they have one collector.
 */
export class Outage {
  readonly #endpoint: string;
  #since: number | undefined;
  #dropped: Losses = { records: 0, spans: 0 };
  #saidFullAt = Number.NEGATIVE_INFINITY;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  get isOn(): boolean {
    return this.#since !== undefined;
  }

  /** It can't be reached, or asks for another attempt. */
  failed(reason: string): void {
    this.#begin(reason, 'records are kept in memory up to a limit');
  }

  /** It will not take this request, whenever it comes. */
  refused(reason: string): void {
    this.#begin(reason, 'what it refuses is dropped and counted');
  }

  #begin(reason: string, then: string): void {
    if (this.#since !== undefined) return;
    this.#since = Date.now();
    const what = `the collector at ${this.#endpoint} does not take telemetry (${reason})`;
    say('warn', `${what}; the service goes on, ${then}`);
  }

  dropped(signal: Signal, count: number): void {
    this.#dropped[signal] += count;
  }

  succeeded(): void {
    const { records, spans } = this.#dropped;
    if (this.#since === undefined) {
      if (records === 0 && spans === 0) return;
      // A service that logs faster than the collector takes would say this with every batch.
      if (Date.now() - this.#saidFullAt < limits.sayFullEveryMs) return;
      this.#saidFullAt = Date.now();
    }
    const what =
      this.#since === undefined
        ? 'the queue was full'
        : `the collector at ${this.#endpoint} is back after ${this.#seconds()} s`;
    say('warn', `${what}: ${records} records and ${spans} spans were dropped`);
    this.#since = undefined;
    this.#dropped = { records: 0, spans: 0 };
  }

  /**
   * At the end of the process: what could not be sent, together with what was dropped before.
   *
   * @param heldMs how long the process was held for its delivery
   */
  ended(undelivered: Losses, heldMs: number): void {
    const records = this.#dropped.records + undelivered.records;
    const spans = this.#dropped.spans + undelivered.spans;
    if (records > 0 || spans > 0)
      say(
        'warn',
        `${records} records and ${spans} spans did not reach the collector at ${this.#endpoint}; the exit was held for ${Math.round(heldMs)} ms`,
      );
    this.#dropped = { records: 0, spans: 0 };
  }

  #seconds(): number {
    return Math.round((Date.now() - (this.#since ?? Date.now())) / 1000);
  }
}
