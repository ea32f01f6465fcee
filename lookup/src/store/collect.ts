import type { Client } from '@elastic/elasticsearch';
import { anyOf } from '../query/to-elastic.js';
import type { Asked, Note, StoryTrace } from '../story/story.js';
import { carries } from './carries.js';
import type { StoredDocument } from './documents.js';
import { type Located, locate, type SearchWindow } from './locate.js';
import { Room, type TextLimits } from './room.js';
import { type Found, type FoundTraces, findTraceIds, type Query, readAll } from './search.js';

/** What the logs of broker and file store repeat of a story's own spans: left out of it, and found by a search. */
const repeatedBySystems = ['message.transferred', 's3.access'];

/** Linked traces that are not read are counted up to so many. */
const mostCounted = 100;

export interface Limits extends TextLimits {
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
  /** Traces that are linked and were not read: beyond `maxLinkedTraces`, or a second step away. */
  readonly linksLeft: readonly string[];
  /** There are more of them than `linksLeft` names. */
  readonly moreLinks: boolean;
  readonly reasons: ReadonlyMap<string, StoryTrace['reason']>;
  /** What the search itself has to say: that its window was widened. */
  readonly notes: readonly Note[];
}

/**
 * Everything that belongs to what was asked for: the traces in which any span or record has it, all spans and records of them,
 * records that have it and no trace, and the traces that span links lead to or come from (one step; what is further away is counted). It is looked for in the
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
  const { pageSize, maxEntries } = limits;
  const texts = new Room(limits);
  const [own, naming] = await Promise.all([
    readAll(client, told(wanted), { limit: maxEntries, pageSize, room: texts }),
    findNaming(client, [...reasons.keys()], limits.maxLinkedTraces + reasons.size),
  ]);
  const room = maxEntries - own.documents.length;
  const { followed, left } = linkedTraces(own.documents, naming, reasons, limits.maxLinkedTraces);
  if (followed.length === 0 || room <= 0 || texts.isFull) {
    return { ...own, ...shared(found, own), reasons, linksLeft: [...followed, ...left], moreLinks: naming.more };
  }
  for (const traceId of followed) reasons.set(traceId, 'link');
  const [beside, namingThose] = await Promise.all([
    readAll(client, told({ terms: { trace_id: followed } }), { limit: room, pageSize, room: texts }),
    findNaming(client, followed, reasons.size + mostCounted),
  ]);
  const further = linkedTraces(beside.documents, namingThose, reasons, 0);
  return {
    documents: [...own.documents, ...beside.documents],
    total: own.total + beside.total,
    ...shared(found, own, beside),
    reasons,
    linksLeft: [...new Set([...left, ...further.left])],
    moreLinks: naming.more || namingThose.more,
  };
}

function shared(found: Located, ...read: readonly Found[]) {
  const failedShards = Math.max(found.failedShards, ...read.map((each) => each.failedShards));
  return { failedShards, moreTraces: found.more, notes: found.notes };
}

function told(query: Query): Query {
  return { bool: { filter: [query], must_not: [{ terms: { event_name: repeatedBySystems } }] } };
}

export function reasonOf(asked: Asked): StoryTrace['reason'] {
  if ('orderId' in asked) return 'order';
  return 'traceId' in asked || 'spanId' in asked ? 'trace' : 'found';
}

/** The traces whose spans name these. */
async function findNaming(
  client: Client,
  traceIds: readonly string[],
  limit: number,
): Promise<Omit<FoundTraces, 'failedShards'>> {
  if (traceIds.length === 0) return { traceIds: [], more: false };
  return findTraceIds(client, { terms: { 'links.trace_id': [...traceIds] } }, limit);
}

/** Traces one link away, in both directions: those that our spans name, and those whose spans name ours. */
function linkedTraces(
  documents: readonly StoredDocument[],
  naming: Omit<FoundTraces, 'failedShards'>,
  known: ReadonlyMap<string, unknown>,
  limit: number,
): { readonly followed: string[]; readonly left: string[] } {
  const named = documents.flatMap((document) => (document.type === 'span' ? document.links : []));
  const all = new Set([...named.map((link) => link.traceId), ...naming.traceIds]);
  const fresh = [...all].filter((traceId) => !known.has(traceId));
  return { followed: fresh.slice(0, limit), left: fresh.slice(limit) };
}
