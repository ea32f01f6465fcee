import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '@hallmark/collector';
import { type Counts, offer } from './offer.js';
import { cpuMs, memoryMiB } from './process-cost.js';
import { makeRequests } from './requests.js';
import type { Target } from './targets.js';

export interface HoldOptions {
  readonly target: Target;
  readonly admin: string;
  readonly minutes: number;
  /** Records a second that are offered. */
  readonly rate: number;
  readonly say: (line: string) => void;
}

export interface Held {
  readonly title: string;
  readonly minutes: number;
  readonly rate: number;
  readonly counts: Counts;
  readonly seconds: number;
  readonly searchable: number;
  /** By process: CPU time, and the most memory. */
  readonly costs: Readonly<
    Record<string, { readonly cpuMs: number; readonly ownMiB: number; readonly withFilesMiB: number }>
  >;
}

const sampleMs = 1_000;
const sayEverySamples = 30;

/** Offers records at a rate for some minutes, and sees what is acknowledged, what is found at the end, and what it cost. */
export async function hold({ target, admin, minutes, rate, say }: HoldOptions): Promise<Held> {
  const counts: Counts = { acknowledged: 0, refused: 0, held: 0 };
  const before = await costsOf(target);
  const most: Record<string, { own: number; withFiles: number }> = {};
  const begun = Date.now();
  const endsAt = begun + minutes * 60_000;
  const isOver = () => Date.now() >= endsAt;
  const watch = async () => {
    for (let sample = 1; !isOver(); sample++) {
      for (const [name, pid] of Object.entries(target.processes)) {
        const { own, withFiles } = await memoryMiB(pid);
        const last = most[name] ?? { own: 0, withFiles: 0 };
        most[name] = { own: Math.max(own, last.own), withFiles: Math.max(withFiles, last.withFiles) };
      }
      if (sample % sayEverySamples === 0)
        say(
          `${target.title}: ${counts.acknowledged} acknowledged, ${counts.refused} refused, ${counts.held} held back`,
        );
      await pause(sampleMs);
    }
  };
  await Promise.all([offer({ otlp: target.otlp, next: makeRequests('shop-api'), rate, isOver }, counts), watch()]);
  const seconds = (Date.now() - begun) / 1_000;
  const after = await costsOf(target);
  const searchable = await countOf(admin, target.streams);
  const costs = Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [
      name,
      { cpuMs: ms - (before[name] ?? 0), ownMiB: most[name]?.own ?? 0, withFilesMiB: most[name]?.withFiles ?? 0 },
    ]),
  );
  return { title: target.title, minutes, rate, counts, seconds, searchable, costs };
}

/** How many records are found now. */
export async function countOf(admin: string, streams: string): Promise<number> {
  const response = await ask(admin, 'GET', `/${streams}/_count?ignore_unavailable=true`);
  return ((await response.json()) as { count?: number }).count ?? 0;
}

async function costsOf({ processes }: Target): Promise<Record<string, number>> {
  const entries = Object.entries(processes).map(async ([name, pid]) => [name, await cpuMs(pid)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The lines of the table, one a collector. */
export function holdTable(all: readonly Held[]): string {
  const rows = all.map(({ title, minutes, rate, counts, seconds, searchable, costs }) => {
    const taken = counts.acknowledged + counts.refused;
    const costText = Object.entries(costs)
      .map(([name, { cpuMs: ms, ownMiB, withFilesMiB }]) => {
        const cores = ms / 1_000 / seconds;
        return `${name} ${cores.toFixed(2)} cores (${((ms * 1_000) / taken).toFixed(0)} µs a record), ${ownMiB.toFixed(0)} MiB, ${withFilesMiB.toFixed(0)} with mapped files`;
      })
      .join('; ');
    const perSecond = (count: number) => (count / seconds).toFixed(0);
    return `| ${title} | ${rate}/s for ${minutes} min | ${perSecond(counts.acknowledged)}/s | ${counts.refused} | ${counts.held} | ${perSecond(searchable)}/s | ${costText} |`;
  });
  return `| collector | offered | acknowledged | refused | held back by the sender | searchable at the end | cost |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
