import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { accessGaps } from '../access/access.js';
import { parseQuery } from '../query/parse.js';
import { toElastic } from '../query/to-elastic.js';
import type { Hit } from '../search/answer.js';
import { readHit } from '../search/hits.js';
import { fewerThan, searchWithin } from '../store/answer-size.js';
import { Room } from '../store/room.js';
import { type Query, streams } from '../store/search.js';
import { pastShardStart } from '../store/shard-start.js';
import type { TailBatch, TailOptions } from './tail.js';

const defaultPollMs = 1_000;
/** How far back a look reaches, so that what arrives late is seen too: services send in batches, and a queue may have been full. */
const lateMs = 120_000;
/** The most that Elasticsearch gives at once (index.max_result_window). */
const mostSeen = 10_000;
const mostShown = 500;

/**
 * What arrives from now on. Each look asks for the ids of all that the last two minutes have, and then for those that are new: a record
 * that comes late is told too, marked as such.
 * @throws QueryError, NoAccess and the client's errors; one look that fails for a passing reason ends the tail
 */
export async function* follow(
  client: Client,
  query: string,
  options: TailOptions = {},
): AsyncGenerator<TailBatch, void, undefined> {
  const conditions = toElastic(parseQuery(query));
  const gaps = await accessGaps(client);
  const from = options.from ?? new Date();
  const seen = new Map<string, number>();
  let newestMs = from.getTime();
  let isFirst = true;
  while (!options.signal?.aborted) {
    const sinceMs = Math.max(from.getTime(), newestMs - lateMs);
    const since: Query = { range: { '@timestamp': { gte: new Date(sinceMs).toISOString() } } };
    const visible = await idsOf(client, { bool: { filter: [since, conditions] } });
    const fresh = visible.filter(({ id }) => !seen.has(id));
    for (const { id, timeMs } of fresh) seen.set(id, timeMs);
    // The newest are shown when there are too many for a person anyway.
    const hits = await read(
      client,
      fresh.slice(0, mostShown).map(({ id }) => id),
    );
    const before = newestMs;
    // A record whose clock is ahead must not carry the window away from all others.
    newestMs = Math.max(newestMs, ...hits.map((hit) => Math.min(hit.timeMs, Date.now())));
    yield {
      ...(isFirst && gaps.length > 0 && { gaps }),
      hits: hits.map((hit) => (!isFirst && hit.timeMs < before ? { ...hit, late: true } : hit)),
      left: fresh.length - hits.length,
    };
    isFirst = false;
    for (const [id, timeMs] of seen) if (timeMs < newestMs - 2 * lateMs) seen.delete(id);
    await pause(options.pollMs ?? defaultPollMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

interface Visible {
  readonly id: string;
  readonly timeMs: number;
}

/** The newest first. */
async function idsOf(client: Client, query: Query): Promise<Visible[]> {
  const answer = await pastShardStart(
    () =>
      client.search({
        index: streams,
        ignore_unavailable: true,
        size: mostSeen,
        _source: false,
        track_total_hits: false,
        query,
        sort: [{ '@timestamp': { order: 'desc', format: 'epoch_millis', unmapped_type: 'date_nanos' } }],
      }),
    // A tail asks again in any case.
    () => false,
  );
  return answer.hits.hits.map((hit) => ({ id: `${hit._id}`, timeMs: Number(hit.sort?.[0]) }));
}

/** By time, the oldest first; fewer than were asked for where they are so long that no more have room. */
async function read(client: Client, ids: readonly string[]): Promise<Hit[]> {
  const room = new Room();
  const hits: Hit[] = [];
  let most = mostShown;
  for (let at = 0; at < ids.length && !room.isFull; ) {
    const values = ids.slice(at, at + most);
    const answer = await searchWithin(client, {
      index: streams,
      ignore_unavailable: true,
      size: values.length,
      query: { ids: { values } },
    });
    if (answer === undefined) {
      most = fewerThan(values.length);
      continue;
    }
    for (const hit of answer.hits.hits) hits.push(readHit(hit, room));
    room.pageIsRead();
    at += values.length;
  }
  return hits.sort((a, b) => a.timeMs - b.timeMs);
}
