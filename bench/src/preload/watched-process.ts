import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Variant } from './variants.js';

export interface Target {
  readonly variant: Variant;
  /** Where the variant's packages are. */
  readonly folder: string;
  /** Base address of the receiver, or of a port where nobody listens. */
  readonly url: string;
  /** Addresses that the service itself needs, such as `DATABASE_URL`. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the process with SIGKILL. */
  readonly signal: AbortSignal;
}

/** Longest a service may take to come up, answer a question or end after it was killed. */
const patienceMs = 30_000;
const kibPerMib = 1024;
const longestQuoteCharacters = 300;

/** A process of one variant that is being measured. Times are in ms since its spawn. */
export class WatchedProcess {
  readonly #variant: Variant;
  readonly #child: ChildProcess;
  readonly #spawnedMs = performance.now();
  readonly #ended: Promise<number>;
  #said = '';

  /**
   * @param args of node, after the variant's own flags
   * @param speaks how the program tells the bench what it asks for; what a service logs goes nowhere
   */
  constructor({ variant, folder, url, env, signal }: Target, args: readonly string[], speaks: 'messages' | 'output') {
    this.#variant = variant;
    this.#child = spawn(process.execPath, [...variant.flags(folder), ...args], {
      env: { ...cleanEnvironment(), ...env, ...variant.env(url, folder) },
      stdio: speaks === 'messages' ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    this.#child.on('error', () => undefined);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk) => (this.#said = `${this.#said}${chunk}`.slice(-longestQuoteCharacters)));
    this.#ended = once(this.#child, 'exit').then(() => this.#nowMs());
  }

  /** When the program wrote its first byte to standard output. */
  async firstByte(): Promise<number> {
    const { stdout } = this.#child;
    if (stdout === null) throw new Error('this program has no standard output to wait for');
    await this.#orDeath('its first line', once(stdout, 'data'));
    return this.#nowMs();
  }

  /** Where the service listens, and since when. */
  async listening(): Promise<{ readonly port: number; readonly atMs: number }> {
    const { port } = await this.#message<{ port: number }>('its port');
    return { port, atMs: this.#nowMs() };
  }

  /** CPU time of the whole process, all threads, user and system, in µs since its start. */
  async cpuUs(): Promise<number> {
    const answer = this.#message<{ cpuUs: number }>('its CPU time');
    this.#child.send('cpu');
    return (await answer).cpuUs;
  }

  /** Resident memory now (`VmRSS`) or at its highest so far (`VmHWM`), in MiB. */
  memoryMib(which: 'VmRSS' | 'VmHWM'): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / kibPerMib;
  }

  /** Lets a program go on that waits for a byte. */
  release(): void {
    this.#child.stdin?.end('.');
  }

  /** From now until the process has ended, in ms; one that is still there after `longestMs` is killed and counts as that. */
  async ending(longestMs: number): Promise<number> {
    const fromMs = this.#nowMs();
    const overdue = setTimeout(() => this.#child.kill('SIGKILL'), longestMs);
    const endedMs = await this.#ended.finally(() => clearTimeout(overdue));
    return Math.min(endedMs - fromMs, longestMs);
  }

  /** Sends a signal; does nothing when the process has ended. */
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #nowMs(): number {
    return performance.now() - this.#spawnedMs;
  }

  async #message<T>(what: string): Promise<T> {
    const [message] = (await this.#orDeath(what, once(this.#child, 'message'))) as [T];
    return message;
  }

  async #orDeath<T>(what: string, wanted: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, patienceMs, `was silent for ${patienceMs} ms`);
    });
    const failed = Promise.race([late, this.#ended.then(() => 'ended')]).then((how) => {
      this.kill('SIGKILL');
      throw new Error(`${this.#variant.title} ${how} before it told ${what}: ${this.#said.trim() || 'no word of it'}`);
    });
    return Promise.race([wanted, failed]).finally(() => clearTimeout(timer));
  }
}

/** Without the variables of the machine that would change what is measured. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(OTEL_|ELASTIC_|DD_|HALLMARK_|NODE_OPTIONS|NODE_COMPILE_CACHE|NODE_DISABLE_COMPILE_CACHE)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
