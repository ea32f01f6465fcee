import type { Client } from '@elastic/elasticsearch';
import type { Asked, Note } from '../story/story.js';
import { type FoundTraces, findTraceIds, type Query } from './search.js';

export interface SearchWindow {
  readonly since: Date;
  readonly until?: Date;
}

export interface Located extends FoundTraces {
  /** The window in which it was found. */
  readonly range: Query;
  readonly notes: readonly Note[];
}

/**
 * The traces that have what was asked for. A trace or span id is nowhere but in its own trace, so that for these the window is only
 * where to look first: when nothing is there, it is looked for in all that is kept, and the answer says so.
 */
export async function locate(
  client: Client,
  asked: Asked,
  carriesIt: Query,
  window: SearchWindow,
  maxTraces: number,
): Promise<Located> {
  const range = rangeOf(window);
  const first = await findTraceIds(client, { bool: { filter: [carriesIt, range] } }, maxTraces);
  const mayWiden = 'traceId' in asked || 'spanId' in asked;
  if (first.traceIds.length > 0 || !mayWiden) return { ...first, range, notes: [] };
  const all = await findTraceIds(client, carriesIt, maxTraces);
  if (all.traceIds.length === 0) return { ...all, range, notes: [] };
  const text = `not in the window ${spoken(window)}: the window was widened to all that is kept`;
  return { ...all, range: { match_all: {} }, notes: [{ kind: 'window-widened', text }] };
}

export function rangeOf({ since, until }: SearchWindow): Query {
  return { range: { '@timestamp': { gte: since.toISOString(), ...(until && { lte: until.toISOString() }) } } };
}

function spoken({ since, until }: SearchWindow): string {
  const minute = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return until ? `from ${minute(since)} to ${minute(until)}` : `since ${minute(since)}`;
}
