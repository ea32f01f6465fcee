import type { Client, estypes } from '@elastic/elasticsearch';
import { accessGaps } from '../access/access.js';
import { parseQuery } from '../query/parse.js';
import { QueryError } from '../query/query-error.js';
import { toElastic } from '../query/to-elastic.js';
import { streams, totalOf } from '../store/search.js';
import { pastShardStart } from '../store/shard-start.js';
import { shardsGap } from '../story/gaps.js';
import type { SearchAnswer, SearchOptions } from './answer.js';
import { histogramAggregation, readHistogram } from './histogram.js';
import { readHit } from './hits.js';
import { storiesOf } from './stories.js';
import { traceFacts } from './traces.js';

const defaultLimit = 200;
export const defaultWindowMs = 30 * 86_400_000;

/**
 * What the words of the search language find, the newest first, as stories.
 * @throws QueryError, NoAccess and the client's errors
 */
export async function search(client: Client, query: string, options: SearchOptions = {}): Promise<SearchAnswer> {
  const conditions = toElastic(parseQuery(query));
  const to = options.to ?? new Date();
  const from = options.from ?? new Date(to.getTime() - defaultWindowMs);
  const limit = options.limit ?? defaultLimit;
  const after = options.after === undefined ? undefined : readCursor(options.after);
  // Without an end to the window: a clock that is ahead must not hide what it wrote.
  const end = options.to && { lte: options.to.toISOString() };
  const inWindow = { range: { '@timestamp': { gte: from.toISOString(), ...end } } };
  const [answer, access] = await pastShardStart(
    () =>
      Promise.all([
        client.search({
          index: streams,
          ignore_unavailable: true,
          size: limit,
          track_total_hits: true,
          query: { bool: { filter: [inWindow, conditions] } },
          sort: newestFirst,
          ...(after && { search_after: after }),
          aggregations: { histogram: histogramAggregation(from.getTime(), to.getTime()) },
        }),
        accessGaps(client),
      ]),
    ([{ _shards }]) => _shards.failed > 0,
  );
  const hits = answer.hits.hits.map(readHit);
  const facts = await traceFacts(client, [...new Set(hits.flatMap((hit) => hit.traceId ?? []))]);
  const last = answer.hits.hits.at(-1)?.sort;
  return {
    version: 1,
    query,
    from: from.toISOString(),
    to: to.toISOString(),
    total: totalOf(answer.hits.total),
    stories: storiesOf(hits, facts),
    ...(hits.length === limit && last && { next: Buffer.from(JSON.stringify(last)).toString('base64url') }),
    histogram: readHistogram(answer.aggregations?.histogram, from.getTime(), to.getTime()),
    gaps: [...access, ...shardsGap(answer._shards.failed)],
  };
}

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

function readCursor(text: string): estypes.SortResults {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(cursor) && cursor.length === newestFirst.length) return cursor as estypes.SortResults;
  } catch {
    // Said below.
  }
  throw new QueryError('this is no place in an answer to go on from; ask for the first page again', 1, 1);
}
