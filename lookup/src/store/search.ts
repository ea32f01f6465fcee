import type { Client, estypes } from '@elastic/elasticsearch';
import { fewerThan, searchWithin } from './answer-size.js';
import { documentId, type Hit, readDocument, type StoredDocument } from './documents.js';
import type { Room } from './room.js';
import { shortened } from './shorten.js';

export type Query = estypes.QueryDslQueryContainer;

/**
 * The streams that records and spans are in; a role that may read only some of them is shown only those. Who looked is kept in
 * the namespace `audit` and is no part of any story, not even for those who may read it.
 */
export const streams = ['logs-*.otel-*', 'traces-*.otel-*', '-logs-*.otel-audit', '-traces-*.otel-audit'];

const keepAlive = '1m';

export interface Found {
  /** By time, the earliest first. */
  readonly documents: readonly StoredDocument[];
  /** How many there are; more than `documents` when the reading was cut. */
  readonly total: number;
  /** Shards that did not answer: what they hold is missing. */
  readonly failedShards: number;
}

const byTime: estypes.SortCombinations[] = [
  {
    '@timestamp': {
      order: 'asc',
      format: 'strict_date_optional_time_nanos',
      numeric_type: 'date_nanos',
      unmapped_type: 'date_nanos',
    },
  },
];

/** How much may be read for one answer. */
export interface Reading {
  /** Documents at most; the earliest are taken. */
  readonly limit: number;
  /** Documents in one answer of the server; fewer where they are big. */
  readonly pageSize: number;
  /** For their texts; when it is full, the reading ends. */
  readonly room: Room;
}

/** Everything that a query finds. What fits into one page, as most stories do, is one request; the rest is read page by page. */
export async function readAll(client: Client, query: Query, reading: Reading): Promise<Found> {
  const size = Math.min(reading.pageSize, reading.limit);
  const page = await searchWithin(client, {
    index: streams,
    ignore_unavailable: true,
    query,
    size,
    sort: byTime,
    track_total_hits: true,
  });
  if (page === undefined) return readPages(client, query, { ...reading, pageSize: fewerThan(size) });
  const { hits } = page.hits;
  if (hits.length === size && size < reading.limit) return readPages(client, query, reading);
  const documents = hits.map((hit) => take(hit, reading.room));
  return { documents, total: totalOf(page.hits.total), failedShards: page._shards.failed };
}

/** Page by page in one point in time, so that what arrives meanwhile can't shift a page. */
async function readPages(client: Client, query: Query, { limit, pageSize, room }: Reading): Promise<Found> {
  const { id } = await client.openPointInTime({ index: streams, keep_alive: keepAlive, ignore_unavailable: true });
  let pit = id;
  try {
    const documents: StoredDocument[] = [];
    let total: number | undefined;
    let failedShards = 0;
    let most = pageSize;
    let after: estypes.SortResults | undefined;
    while (documents.length < limit && !(room.isFull && total !== undefined)) {
      const size = Math.min(most, limit - documents.length);
      const page = await searchWithin(client, {
        pit: { id: pit, keep_alive: keepAlive },
        query,
        size,
        // A point in time adds its own tie-break to the sort, so that records of one nanosecond are neither lost nor doubled.
        sort: byTime,
        track_total_hits: total === undefined,
        ...(after !== undefined && { search_after: after }),
      });
      if (page === undefined) {
        most = fewerThan(size);
        continue;
      }
      pit = page.pit_id ?? pit;
      failedShards = Math.max(failedShards, page._shards.failed);
      total ??= totalOf(page.hits.total);
      for (const hit of page.hits.hits) documents.push(take(hit, room));
      room.pageIsRead();
      after = page.hits.hits.at(-1)?.sort;
      if (page.hits.hits.length < size || after === undefined) break;
    }
    return { documents, total: total ?? 0, failedShards };
  } finally {
    // A point in time ends by itself after a minute: failing to close it must not hide the answer or its error.
    await client.closePointInTime({ id: pit }).catch(() => undefined);
  }
}

function take(hit: Hit, room: Room): StoredDocument {
  return shortened(readDocument(hit), documentId(hit), room);
}

export interface FoundTraces {
  readonly traceIds: readonly string[];
  /** There were more than asked for. */
  readonly more: boolean;
  readonly failedShards: number;
}

/** The ids of the traces in which any span or record matches; at most `limit`, those with the most matches. */
export async function findTraceIds(client: Client, query: Query, limit: number): Promise<FoundTraces> {
  const answer = await client.search<unknown, { traces: estypes.AggregationsStringTermsAggregate }>({
    index: streams,
    ignore_unavailable: true,
    size: 0,
    query,
    // Without `map`, every look-up after a new record would number all trace ids of the store anew.
    aggregations: { traces: { terms: { field: 'trace_id', size: limit, execution_hint: 'map' } } },
  });
  const traces = answer.aggregations?.traces;
  const buckets = Array.isArray(traces?.buckets) ? traces.buckets : [];
  return {
    traceIds: buckets.map((bucket) => String(bucket.key)),
    more: (traces?.sum_other_doc_count ?? 0) > 0,
    failedShards: answer._shards.failed,
  };
}

export function totalOf(total: number | estypes.SearchTotalHits | undefined): number {
  return typeof total === 'number' ? total : (total?.value ?? 0);
}
