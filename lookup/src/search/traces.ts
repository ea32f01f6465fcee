import type { Client, estypes } from '@elastic/elasticsearch';
import { streams } from '../store/search.js';
import { errorsOnly } from './histogram.js';

/** What the whole of a trace is, beyond what was found of it. */
export interface TraceFacts {
  readonly startMs: number;
  readonly endMs: number;
  readonly services: readonly string[];
  readonly errors: number;
  /** Every order that is named in it; a list of orders has many. */
  readonly orders: readonly string[];
}

type Bucket = {
  key: string;
  start: { value: number };
  end: { value: number };
  errors: { doc_count: number };
  services: { buckets: { key: string }[] };
  orders: { buckets: { key: string }[] };
};

export async function traceFacts(client: Client, traceIds: readonly string[]): Promise<Map<string, TraceFacts>> {
  if (traceIds.length === 0) return new Map();
  const answer = await client.search<unknown, { traces: estypes.AggregationsStringTermsAggregate }>({
    index: streams,
    ignore_unavailable: true,
    size: 0,
    track_total_hits: false,
    query: { terms: { trace_id: [...traceIds] } },
    aggregations: {
      traces: {
        terms: { field: 'trace_id', size: traceIds.length, execution_hint: 'map' },
        aggregations: {
          start: { min: { field: '@timestamp' } },
          end: { max: { field: '@timestamp' } },
          errors: { filter: errorsOnly },
          services: { terms: { field: 'resource.attributes.service.name', size: 20, execution_hint: 'map' } },
          orders: { terms: { field: 'attributes.order.id', size: 2, execution_hint: 'map' } },
        },
      },
    },
  });
  const buckets = (answer.aggregations?.traces.buckets ?? []) as unknown as Bucket[];
  return new Map(
    buckets.map((bucket) => [
      bucket.key,
      {
        startMs: bucket.start.value,
        endMs: bucket.end.value,
        services: bucket.services.buckets.map(({ key }) => key),
        errors: bucket.errors.doc_count,
        orders: bucket.orders.buckets.map(({ key }) => key),
      },
    ]),
  );
}
