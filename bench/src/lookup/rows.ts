import type { Looked } from './looker.js';

/** One line of the table; texts, so that a row may say what it lacks. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly median: string;
  readonly p95: string;
  readonly most: string;
  readonly of: string;
}

const storyGoalMs = 200;
const searchGoalMs = 1_000;
const memoryGoalMib = 200;

/** @throws when a story was not what the bench stored: a fast wrong answer is none */
export function rowsOf(looked: Looked, recordsAndSpans: number, services: number): Row[] {
  const wrong = looked.entries.findIndex(
    (count, index) => count !== recordsAndSpans || looked.services[index] !== services,
  );
  if (wrong >= 0) {
    throw new Error(
      `story ${wrong} has ${looked.entries[wrong]} spans and records of ${looked.services[wrong]} services`,
    );
  }
  const what = `an order's whole story: ${services} services, ${recordsAndSpans} spans and records`;
  return [
    timesRow(what, storyGoalMs, looked.stories),
    ...Object.entries(looked.searches).map(([query, { ms, total }]) =>
      timesRow(`search \`${query}\`: ${total.toLocaleString('en-US')} found`, searchGoalMs, ms),
    ),
    {
      what: 'memory of the process that looked all that up',
      goal: `${memoryGoalMib} MiB`,
      median: '',
      p95: '',
      most: `${Math.round(looked.peakBytes / 2 ** 20)} MiB`,
      of: '1 process',
    },
  ];
}

export function timesRow(what: string, goalMs: number, ms: readonly number[]): Row {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) =>
    `${Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN)} ms`;
  return { what, goal: `${goalMs} ms`, median: at(0.5), p95: at(0.95), most: at(1), of: `${ms.length} look-ups` };
}
