import type { estypes } from '@elastic/elasticsearch';
import type { Histogram } from './answer.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  30 * day,
];
const mostBuckets = 60;

/** What counts as an error: a record of severity ERROR and above, a span that failed. */
export const errorsOnly: estypes.QueryDslQueryContainer = {
  bool: {
    should: [{ range: { severity_number: { gte: 17 } } }, { term: { 'status.code': 'Error' } }],
    minimum_should_match: 1,
  },
};

/** The round step that makes at most 60 buckets of a window. */
export function stepFor(fromMs: number, toMs: number): number {
  return (
    steps.find((step) => (toMs - fromMs) / step <= mostBuckets) ?? Math.ceil((toMs - fromMs) / mostBuckets / day) * day
  );
}

export function histogramAggregation(fromMs: number, toMs: number): estypes.AggregationsAggregationContainer {
  return {
    date_histogram: {
      field: '@timestamp',
      fixed_interval: `${stepFor(fromMs, toMs)}ms`,
      min_doc_count: 1,
    },
    aggregations: { errors: { filter: errorsOnly } },
  };
}

type Bucket = estypes.AggregationsDateHistogramBucketKeys & { errors?: { doc_count: number } };

/** With the empty buckets of the window, which Elasticsearch leaves out. */
export function readHistogram(aggregate: unknown, fromMs: number, toMs: number): Histogram {
  const stepMs = stepFor(fromMs, toMs);
  const found = (aggregate as { buckets?: Bucket[] } | undefined)?.buckets ?? [];
  const byStart = new Map(found.map((bucket) => [Number(bucket.key), bucket]));
  const buckets = [];
  for (let startMs = Math.floor(fromMs / stepMs) * stepMs; startMs <= toMs; startMs += stepMs) {
    const bucket = byStart.get(startMs);
    buckets.push({ startMs, count: bucket?.doc_count ?? 0, errors: bucket?.errors?.doc_count ?? 0 });
  }
  return { stepMs, buckets };
}
