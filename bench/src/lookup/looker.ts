// A process that only looks up: its times and its memory are those of the core, not those of the bench.
import { journalAddress, openLookup } from '@hallmark/lookup';
import { endMs } from './kept-data.js';
import { orderNumber } from './records.js';

/** What the bench hands over, as JSON in LOOKUP_BENCH_TASK: the arguments of a process are for everybody to read. */
export interface Task {
  readonly elasticsearch: string;
  readonly journal: string;
  readonly orders: number;
  readonly rounds: number;
  readonly queries: readonly string[];
}

/** What it prints, as JSON: ms of each look-up, and bytes. */
export interface Looked {
  readonly stories: readonly number[];
  readonly entries: readonly number[];
  readonly services: readonly number[];
  readonly searches: Readonly<Record<string, { readonly ms: readonly number[]; readonly total: number }>>;
  readonly peakBytes: number;
}

/** A server that has just started compiles what it runs often first: measured is one that runs. */
const warmUps = 40;
const windowMs = 31 * 86_400_000;

const task = JSON.parse(process.env.LOOKUP_BENCH_TASK ?? '{}') as Task;
const lookup = openLookup(
  { elasticsearch: task.elasticsearch, collector: journalAddress(task.journal) },
  { renderer: 'command' },
);
const [from, to] = [new Date(endMs - windowMs), new Date(endMs + 86_400_000)];
const stories: number[] = [];
const entries: number[] = [];
const services: number[] = [];
for (let round = -warmUps; round < task.rounds; round += 1) {
  // A different order each time, far from the last: nobody asks for the same one again and again.
  const orderId = orderNumber(Math.floor((((round + warmUps) * 0.618034) % 1) * task.orders));
  const beganMs = performance.now();
  const story = await lookup.story({ orderId }, { since: from });
  const tookMs = performance.now() - beganMs;
  if (round < 0) continue;
  stories.push(tookMs);
  entries.push(story.traces.reduce((sum, trace) => sum + trace.entries.length, 0));
  services.push(new Set(story.traces.flatMap((trace) => trace.entries.map((entry) => entry.service))).size);
}
const searches: Record<string, { ms: number[]; total: number }> = {};
for (const query of task.queries) {
  const found = { ms: [] as number[], total: 0 };
  for (let round = -1; round < task.rounds / 5; round += 1) {
    // Another window each time, or the server's cache would answer.
    const beganMs = performance.now();
    const answer = await lookup.search(query, { from: new Date(from.getTime() + round), to, limit: 50 });
    if (round >= 0) found.ms.push(performance.now() - beganMs);
    found.total = answer.total;
  }
  searches[query] = found;
}
await lookup.close();
const looked: Looked = { stories, entries, services, searches, peakBytes: process.resourceUsage().maxRSS * 1_024 };
process.stdout.write(JSON.stringify(looked));
