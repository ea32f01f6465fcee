import type { Client } from '@elastic/elasticsearch';
import { accessGaps } from '../access/access.js';
import { parseQuery } from '../query/parse.js';
import { QueryError } from '../query/query-error.js';
import { toElastic } from '../query/to-elastic.js';
import { totalOf } from '../store/search.js';
import { pastShardStart } from '../store/shard-start.js';
import { shardsGap } from '../story/gaps.js';
import type { Gap } from '../story/story.js';
import { startBefore } from '../story/times.js';
import { count } from '../text/plural.js';
import type { SearchAnswer, SearchOptions } from './answer.js';
import { readCursor, writeCursor } from './cursor.js';
import { histogramAggregation, readHistogram } from './histogram.js';
import { readNewest } from './newest.js';
import { storiesOf } from './stories.js';
import { traceFacts } from './traces.js';

const noPlace = 'this is no place in an answer to go on from; ask for the first page again';
const defaultLimit = 200;
export const defaultWindowMs = 30 * 86_400_000;

/**
 * What the words of the search language find, the newest first, as stories.
 * @throws QueryError, NoAccess and the client's errors
 */
export async function search(client: Client, query: string, options: SearchOptions = {}): Promise<SearchAnswer> {
  const conditions = toElastic(parseQuery(query));
  const to = options.to ?? new Date();
  const from = options.from ?? startBefore(to.getTime(), defaultWindowMs);
  const limit = options.limit ?? defaultLimit;
  const after = options.after === undefined ? undefined : readCursor(options.after);
  if (options.after !== undefined && after === undefined) throw new QueryError(noPlace, 1, 1);
  // Without an end to the window: a clock that is ahead must not hide what it wrote.
  const end = options.to && { lte: options.to.toISOString() };
  const inWindow = { range: { '@timestamp': { gte: from.toISOString(), ...end } } };
  const [{ first, hits, last }, access] = await pastShardStart(
    () =>
      Promise.all([
        readNewest<{ histogram: unknown }>(
          client,
          { bool: { filter: [inWindow, conditions] } },
          {
            limit,
            ...(after && { after }),
            aggregations: { histogram: histogramAggregation(from.getTime(), to.getTime()) },
          },
        ),
        accessGaps(client),
      ]),
    ([page]) => page.first._shards.failed > 0,
  );
  const facts = await traceFacts(client, [...new Set(hits.flatMap((hit) => hit.traceId ?? []))]);
  const total = totalOf(first.hits.total);
  const hasMore = last !== undefined && (after !== undefined || hits.length < total);
  const gaps = [
    ...access,
    ...shardsGap(first._shards.failed),
    ...(hasMore ? [cutGap(hits.length, total, after === undefined)] : []),
  ];
  return {
    version: 1,
    query,
    from: from.toISOString(),
    to: to.toISOString(),
    total,
    verdict: total === 0 ? 'empty' : gaps.length > 0 ? 'partial' : 'whole',
    stories: storiesOf(hits, facts),
    ...(hasMore && { next: writeCursor(last) }),
    histogram: readHistogram(first.aggregations?.histogram, from.getTime(), to.getTime()),
    gaps,
  };
}

/** What is found and does not stand on this page. */
function cutGap(shown: number, total: number, isFirstPage: boolean): Gap {
  const which = isFirstPage ? `the newest ${count(shown)}` : `${count(shown)} more`;
  return { kind: 'cut', text: `${which} of ${count(total)} are shown: there are older ones`, count: total - shown };
}
