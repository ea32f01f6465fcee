import { loadavg } from 'node:os';
import { type OnProgress, startStack } from '@hallmark/stack';
import { measureExits } from './measure-exit.js';
import { measureRequests, measureSigtermLoss, type Work } from './measure-requests.js';
import { measureSmallProgram, measureSmallService } from './measure-start.js';
import { peerFolder } from './peers.js';
import { openReceiver } from './receiver.js';
import { Samples } from './samples.js';
import type { Variant } from './variants.js';
import type { Target } from './watched-process.js';

export interface Plan {
  readonly variants: readonly Variant[];
  /** Start-ups are short: there are more of them than of loads. */
  readonly startRounds: number;
  readonly loadRounds: number;
  readonly exitRounds: number;
  readonly warmUpRequests: number;
  readonly requests: number;
  /** Also with the real PostgreSQL and RabbitMQ. */
  readonly withParts: boolean;
}

export const fullPlan: Omit<Plan, 'variants'> = {
  startRounds: 15,
  loadRounds: 7,
  exitRounds: 3,
  // After 3,000 requests V8 still compiles: stock 3.x added 104 µs a request then, 51 µs after 20,000.
  warmUpRequests: 12_000,
  requests: 8_000,
  withParts: true,
};

/** Enough to see whether the program works, not enough for figures. */
export const quickPlan: Omit<Plan, 'variants'> = {
  startRounds: 2,
  loadRounds: 1,
  exitRounds: 1,
  warmUpRequests: 200,
  requests: 500,
  withParts: false,
};

export interface Surroundings {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** For tests: where a variant sends its telemetry instead of to an open receiver, by variant id. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly samples: Samples;
  /** Load average of the last minute before the first and after the last measurement. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

type Ready = Omit<Target, 'url'>;

/** Below this share of telemetry a variant has saved itself work that the others did: its figures would not be comparable. */
const leastShare = 0.5;
/** So many requests prove that telemetry arrives at all, before anything is measured. */
const proof: Work = { service: 'http-log', warmUpRequests: 20, requests: 20 };

/** Measures all variants of a plan, interleaved: each round takes all of them, each time beginning with another. */
export async function measure(plan: Plan, surroundings: Surroundings): Promise<Outcome> {
  const { signal, onProgress } = surroundings;
  const targets: Ready[] = [];
  for (const variant of plan.variants) {
    targets.push({ variant, folder: await peerFolder(variant, onProgress, signal), env: {}, signal });
  }
  const parts = plan.withParts
    ? await startStack({ parts: ['postgresql', 'rabbitmq'], onProgress, signal })
    : undefined;
  try {
    const loadBefore = loadavg()[0] ?? 0;
    const samples = new Samples();
    const run = new Run(plan, surroundings, samples, targets);
    await run.prove();
    await run.starts();
    await run.loads('http-log', {});
    if (parts) await run.loads('http-pg-amqp', parts.env);
    await run.exits();
    return { samples, loadBefore, loadAfter: loadavg()[0] ?? 0 };
  } finally {
    await parts?.stop();
  }
}

class Run {
  readonly #plan: Plan;
  readonly #surroundings: Surroundings;
  readonly #samples: Samples;
  readonly #targets: readonly Ready[];

  constructor(plan: Plan, surroundings: Surroundings, samples: Samples, targets: readonly Ready[]) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#samples = samples;
    this.#targets = targets;
  }

  /** Finds the variants whose telemetry doesn't arrive; fills the compile caches as a side effect. */
  async prove(): Promise<void> {
    for (const target of this.#inOrder(0, 'whether telemetry arrives')) await this.#load(target, proof);
  }

  async starts(): Promise<void> {
    const receiver = await openReceiver();
    try {
      for (let round = 0; round < this.#plan.startRounds; round += 1) {
        for (const target of this.#inOrder(round, `start-up, round ${round + 1} of ${this.#plan.startRounds}`)) {
          const at = { ...target, url: receiver.url };
          this.#samples.add(target.variant.id, await measureSmallProgram(at));
          this.#samples.add(target.variant.id, await measureSmallService(at));
        }
      }
    } finally {
      await receiver.close();
    }
  }

  async loads(service: Work['service'], env: Readonly<Record<string, string>>): Promise<void> {
    const { loadRounds, warmUpRequests, requests } = this.#plan;
    for (let round = 0; round < loadRounds; round += 1) {
      for (const target of this.#inOrder(round, `${service}, round ${round + 1} of ${loadRounds}`)) {
        const found = await this.#load({ ...target, env }, { service, warmUpRequests, requests });
        const { cpuUs, residentMib, recordsShare, spansShare } = found;
        this.#samples.add(
          target.variant.id,
          service === 'http-log'
            ? {
                httpCpuUs: cpuUs,
                httpResidentMib: residentMib,
                httpRecordsShare: recordsShare,
                httpSpansShare: spansShare,
              }
            : {
                partsCpuUs: cpuUs,
                partsResidentMib: residentMib,
                partsRecordsShare: recordsShare,
                partsSpansShare: spansShare,
              },
        );
      }
    }
  }

  async exits(): Promise<void> {
    const { exitRounds } = this.#plan;
    for (let round = 0; round < exitRounds; round += 1) {
      const targets = [...this.#inOrder(round, `endings, round ${round + 1} of ${exitRounds}`)];
      for (const [id, figures] of await measureExits(targets)) this.#samples.add(id, figures);
      for (const target of targets) this.#samples.add(target.variant.id, await measureSigtermLoss(target));
    }
  }

  async #load(target: Ready, work: Work) {
    const { id, sends } = target.variant;
    const found = await measureRequests(target, work, this.#surroundings.endpoints?.[id]);
    const written = work.warmUpRequests + work.requests;
    if (sends !== 'nothing' && Math.min(found.recordsShare, found.spansShare) < leastShare) {
      const count = (share: number) => `${Math.round(share * written)} of ${written}`;
      this.#samples.refuse(
        id,
        `${count(found.recordsShare)} log records and ${count(found.spansShare)} server spans arrived (${work.service})`,
      );
    }
    return found;
  }

  /** Those that aren't refused, beginning with another one in each round. */
  *#inOrder(round: number, what: string): Generator<Ready> {
    const shift = round % this.#targets.length;
    for (const target of [...this.#targets.slice(shift), ...this.#targets.slice(0, shift)]) {
      if (this.#samples.refused.has(target.variant.id)) continue;
      this.#surroundings.onProgress(`${what}: ${target.variant.title}`);
      yield target;
    }
  }
}
