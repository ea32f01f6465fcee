import type { Client, estypes } from '@elastic/elasticsearch';
import { fewerThan, searchWithin } from '../store/answer-size.js';
import { Room } from '../store/room.js';
import { streams } from '../store/search.js';
import type { Hit } from './answer.js';
import { readHit } from './hits.js';

/**
 * No point in time: a page may be asked for an hour later. Index and sequence number tell records of one nanosecond apart, so that none is
 * lost or doubled between pages.
 */
const newestFirst: estypes.SortCombinations[] = [
  {
    '@timestamp': {
      order: 'desc',
      format: 'strict_date_optional_time_nanos',
      numeric_type: 'date_nanos',
      unmapped_type: 'date_nanos',
    },
  },
  { _index: { order: 'asc' } },
  { _seq_no: { order: 'asc' } },
];

export interface Page<A> {
  /** The first answer: totals, aggregations, shards. */
  readonly first: estypes.SearchResponse<unknown, A>;
  readonly hits: readonly Hit[];
  /** Where the next page begins; absent where there is none. */
  readonly last?: estypes.SortResults;
}

/** The newest of what a query finds, at most `limit`; fewer where they are so long that no more have room. */
export async function readNewest<A>(
  client: Client,
  query: estypes.QueryDslQueryContainer,
  { limit, after, aggregations }: { limit: number; after?: estypes.SortResults; aggregations: Aggregations },
): Promise<Page<A>> {
  const room = new Room();
  const hits: Hit[] = [];
  let first: estypes.SearchResponse<unknown, A> | undefined;
  let last = after;
  let most = limit;
  for (;;) {
    const size = Math.min(most, limit - hits.length);
    const answer: estypes.SearchResponse<unknown, A> | undefined = await searchWithin<A>(client, {
      index: streams,
      ignore_unavailable: true,
      size,
      track_total_hits: first === undefined,
      query,
      sort: newestFirst,
      ...(last && { search_after: last }),
      ...(first === undefined && { aggregations }),
    });
    if (answer === undefined) {
      most = fewerThan(size);
      continue;
    }
    first ??= answer;
    for (const hit of answer.hits.hits) hits.push(readHit(hit, room));
    room.pageIsRead();
    last = answer.hits.hits.at(-1)?.sort ?? last;
    const isEnd = answer.hits.hits.length < size;
    if (isEnd || hits.length >= limit || room.isFull) return { first, hits, ...(!isEnd && last && { last }) };
  }
}

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;
