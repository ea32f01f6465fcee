import type { Client } from '@elastic/elasticsearch';
import { type Collected, collect, type Limits } from '../store/collect.js';
import type { SpanDocument, StoredDocument } from '../store/documents.js';
import { pastShardStart } from '../store/shard-start.js';
import { clockNotes } from './clocks.js';
import { arrivalGap, plural, searchGaps, traceGaps } from './gaps.js';
import { ownPart } from './owners.js';
import type { Asked, Attributes, Entry, Gap, Note, Story, StoryTrace } from './story.js';
import { isoTime } from './times.js';
import { arrange, type Tree } from './tree.js';

export const dayMs = 86_400_000;

export interface StoryOptions extends Partial<Limits> {
  /** The start of the window in which the id is looked for; 30 days ago. */
  readonly since?: Date;
  /** What counts as now; the clock's time. */
  readonly now?: Date;
  /** A story whose newest entry is younger than this is called still arriving, in ms; 5,000. */
  readonly settleMs?: number;
}

const defaults = { maxEntries: 20_000, maxTraces: 200, maxLinkedTraces: 20, pageSize: 1_000 };
const defaultSettleMs = 5_000;
const defaultWindowMs = 30 * dayMs;

/**
 * The story of an order or of a trace, read from Elasticsearch. An id that is nowhere is an empty story, not an error.
 * @throws the client's errors when Elasticsearch could not be asked; `describeFailure` makes them one line
 */
export async function findStory(client: Client, asked: Asked, options: StoryOptions = {}): Promise<Story> {
  const now = options.now ?? new Date();
  const since = options.since ?? new Date(now.getTime() - defaultWindowMs);
  const collected = await pastShardStart(() => collect(client, asked, since, { ...defaults, ...options }));
  return tellStory(asked, collected, { now, since, settleMs: options.settleMs ?? defaultSettleMs });
}

/** The story that a collection of spans and records makes, without a look at the store. */
export function tellStory(
  asked: Asked,
  collected: Collected,
  { now, since, settleMs }: { readonly now: Date; readonly since: Date; readonly settleMs: number },
): Story {
  const resources = new Map<string, { index: number; attributes: Attributes }>();
  const gaps: Gap[] = searchGaps(collected);
  const notes: Note[] = [];
  const traces: StoryTrace[] = [];
  const allSpans: SpanDocument[] = [];

  for (const [traceId, documents] of Map.groupBy(collected.documents, (document) => document.traceId ?? null)) {
    const part = ownedPart(asked, documents);
    if (part.leftOut > 0) {
      const text = `${plural(part.leftOut, 'entry').replace('entrys', 'entries')} of ${plural(part.otherOrders, 'other order')} in the same trace left out`;
      notes.push({ kind: 'other-orders', text, count: part.leftOut, ...(traceId !== null && { traceId }) });
    }
    const tree = arrange(part.spans, part.records);
    if (tree.placed.length === 0) continue;
    if (traceId === null) notes.push(noTraceNote(tree.placed.length));
    else gaps.push(...traceGaps(traceId, tree));
    if (tree.duplicates > 0) {
      notes.push({ kind: 'duplicates', text: `${plural(tree.duplicates, 'span')} came twice`, count: tree.duplicates });
    }
    allSpans.push(...part.spans);
    const reason = (traceId === null ? undefined : collected.reasons.get(traceId)) ?? 'order';
    traces.push(asTrace(traceId, reason, entriesOf(tree, part.bridges, resources)));
  }
  notes.push(...clockNotes(allSpans));
  if (traces.length > 0) {
    const newestMs = traces.reduce((latest, trace) => Math.max(latest, trace.endMs), 0);
    gaps.push(...arrivalGap(newestMs, now.getTime(), settleMs));
  }
  return {
    version: 1,
    asked,
    lookedAt: now.toISOString(),
    since: since.toISOString(),
    verdict: traces.length === 0 ? 'empty' : gaps.length > 0 ? 'partial' : 'whole',
    gaps,
    notes,
    resources: [...resources.values()].map(({ attributes }) => attributes),
    traces: traces.sort((a, b) => a.startMs - b.startMs),
  };
}

/** A trace that was asked for by its own id is told whole, whichever orders it is about. */
function ownedPart(asked: Asked, documents: readonly StoredDocument[]) {
  if ('orderId' in asked) return ownPart(documents, asked.orderId);
  const spans = documents.filter((document) => document.type === 'span');
  const records = documents.filter((document) => document.type === 'record');
  return { spans, records, bridges: new Set<SpanDocument>(), leftOut: 0, otherOrders: 0 };
}

function entriesOf(
  tree: Tree,
  bridges: ReadonlySet<SpanDocument>,
  resources: Map<string, { index: number; attributes: Attributes }>,
): Entry[] {
  const ids = new Set(tree.placed.flatMap(({ document }) => (document.type === 'span' ? [document.spanId] : [])));
  return tree.placed.map(({ document, depth }) => {
    const key = JSON.stringify(document.resource);
    const known = resources.get(key) ?? { index: resources.size, attributes: document.resource };
    resources.set(key, known);
    const place = { time: isoTime(document.timeMs), depth };
    if (document.type === 'record') {
      const { traceId: _, ...record } = document;
      return { ...place, ...record, resource: known.index };
    }
    const { traceId: _, ...span } = document;
    const isOrphan = span.parentSpanId !== undefined && !ids.has(span.parentSpanId);
    return {
      ...place,
      ...span,
      resource: known.index,
      ...(isOrphan && { orphan: true }),
      ...(bridges.has(document) && { otherOrder: true }),
    };
  });
}

function asTrace(traceId: string | null, reason: StoryTrace['reason'], entries: Entry[]): StoryTrace {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    startMs = Math.min(startMs, entry.timeMs);
    endMs = Math.max(endMs, entry.timeMs + (entry.type === 'span' ? entry.durationMs : 0));
  }
  return { traceId, reason, startMs, endMs, entries };
}

function noTraceNote(records: number): Note {
  return { kind: 'no-trace', text: `${plural(records, 'record')} carry the id and belong to no trace`, count: records };
}
