import type { Client } from '@elastic/elasticsearch';
import { anyOf } from '../query/to-elastic.js';
import type { Asked, Note, StoryTrace } from '../story/story.js';
import { carries } from './carries.js';
import type { StoredDocument } from './documents.js';
import { locate, type SearchWindow } from './locate.js';
import { type FoundTraces, findTraceIds, type Query, readAll } from './search.js';

/** What the logs of broker and file store repeat of a story's own spans: left out of it, and found by a search. */
const repeatedBySystems = ['message.transferred', 's3.access'];

export interface Limits {
  /** Spans and records in one story. */
  readonly maxEntries: number;
  /** Traces that have what was asked for. */
  readonly maxTraces: number;
  /** Traces that are added because a span link leads to them or from them. */
  readonly maxLinkedTraces: number;
  readonly pageSize: number;
}

export interface Collected {
  readonly documents: readonly StoredDocument[];
  /** How many spans and records there are; more than `documents` when `maxEntries` cut them. */
  readonly total: number;
  readonly failedShards: number;
  readonly moreTraces: boolean;
  readonly moreLinks: boolean;
  readonly reasons: ReadonlyMap<string, StoryTrace['reason']>;
  /** What the search itself has to say: that its window was widened. */
  readonly notes: readonly Note[];
}

/**
 * Everything that belongs to what was asked for: the traces in which any span or record has it, all spans and records of them,
 * records that have it and no trace, and the traces that span links lead to or come from (one step). It is looked for in the
 * window; the traces that are found there are read whole, whenever they began.
 */
export async function collect(client: Client, asked: Asked, window: SearchWindow, limits: Limits): Promise<Collected> {
  const carriesIt = carries(asked);
  const found = await locate(client, asked, carriesIt, window, limits.maxTraces);
  const reasons = new Map<string, StoryTrace['reason']>();
  for (const traceId of found.traceIds) reasons.set(traceId, reasonOf(asked));

  const outsideOfAny: Query = {
    bool: { filter: [carriesIt, found.range], must_not: [{ exists: { field: 'trace_id' } }] },
  };
  const wanted = anyOf([{ terms: { trace_id: [...reasons.keys()] } }, outsideOfAny]);
  const [own, naming] = await Promise.all([
    readAll(client, told(wanted), limits.maxEntries, limits.pageSize),
    findNaming(client, reasons, limits.maxLinkedTraces),
  ]);
  const room = limits.maxEntries - own.documents.length;
  const linked = linkedTraces(own.documents, naming, reasons, limits.maxLinkedTraces);
  for (const traceId of linked.traceIds) reasons.set(traceId, 'link');
  const beside =
    linked.traceIds.length > 0 && room > 0
      ? await readAll(client, told({ terms: { trace_id: [...linked.traceIds] } }), room, limits.pageSize)
      : { documents: [], total: 0, failedShards: 0 };

  return {
    documents: [...own.documents, ...beside.documents],
    total: own.total + beside.total,
    failedShards: Math.max(found.failedShards, own.failedShards, beside.failedShards),
    moreTraces: found.more,
    moreLinks: linked.more || (linked.traceIds.length > 0 && room <= 0),
    reasons,
    notes: found.notes,
  };
}

function told(query: Query): Query {
  return { bool: { filter: [query], must_not: [{ terms: { event_name: repeatedBySystems } }] } };
}

export function reasonOf(asked: Asked): StoryTrace['reason'] {
  if ('orderId' in asked) return 'order';
  return 'traceId' in asked || 'spanId' in asked ? 'trace' : 'found';
}

/** The traces whose spans name ours. */
async function findNaming(
  client: Client,
  known: ReadonlyMap<string, unknown>,
  limit: number,
): Promise<Omit<FoundTraces, 'failedShards'>> {
  if (known.size === 0) return { traceIds: [], more: false };
  return findTraceIds(client, { terms: { 'links.trace_id': [...known.keys()] } }, limit + known.size);
}

/** Traces one link away, in both directions: those that our spans name, and those whose spans name ours. */
function linkedTraces(
  documents: readonly StoredDocument[],
  naming: Omit<FoundTraces, 'failedShards'>,
  known: ReadonlyMap<string, unknown>,
  limit: number,
) {
  const named = documents.flatMap((document) => (document.type === 'span' ? document.links : []));
  const all = new Set([...named.map((link) => link.traceId), ...naming.traceIds]);
  const fresh = [...all].filter((traceId) => !known.has(traceId));
  return { traceIds: fresh.slice(0, limit), more: naming.more || fresh.length > limit };
}
