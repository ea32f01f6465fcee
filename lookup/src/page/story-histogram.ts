import type { Histogram } from '../search/answer.js';
import type { StoryView } from './model.js';

const mostBuckets = 60;
/** Steps that a reader can count in: 1, 2, 5, 10 … of a millisecond, second, minute, hour, day. */
const stepsMs = [1, 1_000, 60_000, 3_600_000, 86_400_000].flatMap((unit) =>
  (unit < 60_000 ? [1, 2, 5, 10, 20, 50, 100, 200, 500] : [1, 2, 5, 10, 15, 30]).map((number) => number * unit),
);

/** When how much happened among the told rows of a story. */
export function storyHistogram(view: StoryView, rows: readonly number[]): Histogram {
  const times = rows.map((row) => view.rows[row]?.timeMs ?? 0);
  const startMs = times.reduce((least, timeMs) => Math.min(least, timeMs), Number.POSITIVE_INFINITY);
  const endMs = times.reduce((most, timeMs) => Math.max(most, timeMs), Number.NEGATIVE_INFINITY);
  if (times.length === 0) return { stepMs: 1, buckets: [] };
  const longEnough = (stepMs: number) => (endMs - startMs) / stepMs < mostBuckets;
  const stepMs = stepsMs.toSorted((a, b) => a - b).find(longEnough) ?? Math.ceil((endMs - startMs) / mostBuckets);
  const firstMs = Math.floor(startMs / stepMs) * stepMs;
  const length = Math.floor((endMs - firstMs) / stepMs) + 1;
  const buckets = Array.from({ length }, (_, index) => ({ startMs: firstMs + index * stepMs, count: 0, errors: 0 }));
  for (const row of rows) {
    const { timeMs = 0, mark } = view.rows[row] ?? {};
    const bucket = buckets[Math.floor((timeMs - firstMs) / stepMs)];
    if (bucket === undefined) continue;
    bucket.count += 1;
    if (mark === 'error') bucket.errors += 1;
  }
  return { stepMs, buckets };
}
