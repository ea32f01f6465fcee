import type { Client } from '@elastic/elasticsearch';
import { orderId } from '../story/names.js';
import type { Asked, StoryTrace } from '../story/story.js';
import type { StoredDocument } from './documents.js';
import { findTraceIds, type Query, readAll } from './search.js';

export interface Limits {
  /** Spans and records in one story. */
  readonly maxEntries: number;
  /** Traces that carry the order's id. */
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
}

/**
 * Everything that belongs to what was asked for: the traces in which any span or record has the order's id, all spans and
 * records of them, records that have the id and no trace, and the traces that span links lead to or come from (one step).
 * The id is looked for since `since`; the traces found by it are read whole, whenever they began.
 */
export async function collect(client: Client, asked: Asked, since: Date, limits: Limits): Promise<Collected> {
  const sinceThen: Query = { range: { '@timestamp': { gte: since.toISOString() } } };
  const carriesIt: Query = { bool: { filter: [sinceThen, exactly(asked)] } };
  const reasons = new Map<string, StoryTrace['reason']>();
  let moreTraces = false;
  let failedShards = 0;
  if ('orderId' in asked) {
    const found = await findTraceIds(client, carriesIt, limits.maxTraces);
    for (const traceId of found.traceIds) reasons.set(traceId, 'order');
    ({ more: moreTraces, failedShards } = found);
  } else {
    reasons.set(asked.traceId, 'trace');
  }

  const own = await readAll(client, anyOf([...reasons.keys()], carriesIt), limits.maxEntries, limits.pageSize);
  const room = limits.maxEntries - own.documents.length;
  const linked = await findLinked(client, own.documents, reasons, limits.maxLinkedTraces);
  for (const traceId of linked.traceIds) reasons.set(traceId, 'link');
  const beside =
    linked.traceIds.length > 0 && room > 0
      ? await readAll(client, { terms: { trace_id: [...linked.traceIds] } }, room, limits.pageSize)
      : { documents: [], total: 0, failedShards: 0 };

  return {
    documents: [...own.documents, ...beside.documents],
    total: own.total + beside.total,
    failedShards: Math.max(failedShards, own.failedShards, beside.failedShards),
    moreTraces,
    moreLinks: linked.more || (linked.traceIds.length > 0 && room <= 0),
    reasons,
  };
}

function exactly(asked: Asked): Query {
  // Both fields are keywords: a term is the whole id or nothing, never a part of it.
  return 'orderId' in asked
    ? { term: { [`attributes.${orderId}`]: asked.orderId } }
    : { term: { trace_id: asked.traceId } };
}

function anyOf(traceIds: readonly string[], carriesIt: Query): Query {
  return { bool: { should: [{ terms: { trace_id: [...traceIds] } }, carriesIt], minimum_should_match: 1 } };
}

/** Traces one link away, in both directions: those that our spans name, and those whose spans name ours. */
async function findLinked(
  client: Client,
  documents: readonly StoredDocument[],
  known: ReadonlyMap<string, unknown>,
  limit: number,
) {
  if (known.size === 0) return { traceIds: [], more: false };
  const named = documents.flatMap((document) => (document.type === 'span' ? document.links : []));
  const naming = await findTraceIds(client, { terms: { 'links.trace_id': [...known.keys()] } }, limit + known.size);
  const all = new Set([...named.map((link) => link.traceId), ...naming.traceIds]);
  const fresh = [...all].filter((traceId) => !known.has(traceId));
  return { traceIds: fresh.slice(0, limit), more: naming.more || fresh.length > limit };
}
