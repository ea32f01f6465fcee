import type { Client } from '@elastic/elasticsearch';
import { accessGaps } from '../access/access.js';
import { type Collected, collect, type Limits, reasonOf } from '../store/collect.js';
import type { SpanDocument, StoredDocument } from '../store/documents.js';
import type { SearchWindow } from '../store/locate.js';
import { otherCase } from '../store/other-case.js';
import { textLimits } from '../store/room.js';
import { pastShardStart } from '../store/shard-start.js';
import { count, plural } from '../text/plural.js';
import { serviceName as lookService } from '../who-looked/record.js';
import { type Clocks, compareClocks } from './clocks.js';
import { arrivalGap, searchGaps, traceGaps } from './gaps.js';
import { type Owned, ownPart } from './owners.js';
import type { Asked, Attributes, Entry, Gap, Note, Story, StoryTrace } from './story.js';
import { isoTime, startBefore } from './times.js';
import { arrange, type Tree } from './tree.js';

export const dayMs = 86_400_000;

export interface StoryOptions extends Partial<Limits> {
  /** The start of the window in which it is looked for; 30 days before its end or now, for a trace or span id a day. */
  readonly since?: Date;
  /** The end of that window; none. */
  readonly until?: Date;
  /** What counts as now; the clock's time. */
  readonly now?: Date;
  /** A story whose newest entry is younger than this is called still arriving, in ms; 5,000. */
  readonly settleMs?: number;
}

const defaults = { maxEntries: 20_000, maxTraces: 200, maxLinkedTraces: 20, pageSize: 1_000, ...textLimits };
const defaultSettleMs = 5_000;
const defaultWindowMs = 30 * dayMs;

/**
 * The story of what was asked for, read from Elasticsearch. What is nowhere is an empty story, not an error.
 * @throws QueryError for words that can't be understood, NoAccess for an account that may read nothing, and the client's errors
 * when Elasticsearch could not be asked; `describeFailure` makes them one line
 */
export async function findStory(client: Client, asked: Asked, options: StoryOptions = {}): Promise<Story> {
  const now = options.now ?? new Date();
  const endMs = Math.min(now.getTime(), options.until?.getTime() ?? Number.POSITIVE_INFINITY);
  const since = options.since ?? startBefore(endMs, defaultWindow(asked));
  const window = { since, ...(options.until && { until: options.until }) };
  const [collected, access] = await pastShardStart(
    () => Promise.all([collect(client, asked, window, { ...defaults, ...options }), accessGaps(client)]),
    ([{ failedShards }]) => failedShards > 0,
  );
  const settleMs = options.settleMs ?? defaultSettleMs;
  const story = tellStory(asked, { ...collected, access }, { now, ...window, settleMs });
  return story.verdict === 'empty' ? { ...story, notes: await otherCase(client, asked, window) } : story;
}

function defaultWindow(asked: Asked): number {
  return 'traceId' in asked || 'spanId' in asked ? dayMs : defaultWindowMs;
}

export interface Telling extends SearchWindow {
  readonly now: Date;
  readonly settleMs: number;
}

/** The story that a collection of spans and records makes, without a look at the store. */
export function tellStory(
  asked: Asked,
  collected: Collected & { readonly access: readonly Gap[] },
  { now, since, until, settleMs }: Telling,
): Story {
  const resources: Resources = new Map();
  const gaps: Gap[] = [...searchGaps(collected), ...collected.access];
  const notes: Note[] = [...collected.notes];
  const traces: StoryTrace[] = [];
  const clocks = compareClocks(collected.documents.filter((document) => document.type === 'span'));
  const believed = collected.documents.filter((document) => document.service !== lookService);
  const documents = believed.map((document) => corrected(document, clocks));
  if (believed.length < collected.documents.length)
    notes.push(noLookNote(collected.documents.length - believed.length));

  for (const [traceId, own] of Map.groupBy(documents, (document) => document.traceId ?? null)) {
    const part = ownedPart(asked, own);
    if (part.leftOut > 0) notes.push(otherOrdersNote(part, traceId));
    const tree = arrange(part.spans, part.records);
    if (tree.placed.length === 0) continue;
    if (traceId === null) notes.push(noTraceNote(tree.placed.length));
    else gaps.push(...traceGaps(traceId, tree));
    if (tree.duplicates > 0) {
      notes.push({ kind: 'duplicates', text: `${plural(tree.duplicates, 'span')} came twice`, count: tree.duplicates });
    }
    const reason = (traceId === null ? undefined : collected.reasons.get(traceId)) ?? reasonOf(asked);
    traces.push(asTrace(traceId, reason, entriesOf(tree, part.bridges, resources)));
  }
  notes.push(...clocks.notes, ...cutNote(collected.documents));
  if (traces.length > 0) {
    const newestMs = traces.reduce((latest, trace) => Math.max(latest, trace.endMs), 0);
    gaps.push(...arrivalGap(newestMs, now.getTime(), settleMs));
  }
  return {
    version: 1,
    asked,
    lookedAt: now.toISOString(),
    since: since.toISOString(),
    ...(until && { until: until.toISOString() }),
    verdict: traces.length === 0 ? 'empty' : gaps.length > 0 ? 'partial' : 'whole',
    gaps,
    notes,
    resources: [...resources.values()].map(({ attributes }) => attributes),
    traces: traces.sort((a, b) => a.startMs - b.startMs),
  };
}

/** A time of a clock that is wrong is told as it would have been on its caller's. */
function corrected<D extends StoredDocument>(document: D, clocks: Clocks): D {
  const correctedMs = clocks.correctionOf(document);
  return correctedMs === 0 ? document : { ...document, timeMs: document.timeMs + correctedMs, correctedMs };
}

/** Only an order's story leaves out what is about others. */
function ownedPart(asked: Asked, documents: readonly StoredDocument[]): Owned {
  if ('orderId' in asked) return ownPart(documents, asked.orderId);
  const spans = documents.filter((document) => document.type === 'span');
  const records = documents.filter((document) => document.type === 'record');
  return { spans, records, bridges: new Set<SpanDocument>(), leftOut: 0, otherOrders: 0 };
}

type Resources = Map<string, { index: number; attributes: Attributes }>;

function entriesOf(tree: Tree, bridges: ReadonlySet<SpanDocument>, resources: Resources): Entry[] {
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

function otherOrdersNote(part: Owned, traceId: string | null): Note {
  const text = `${plural(part.leftOut, 'entry')} of ${plural(part.otherOrders, 'other order')} in the same trace left out`;
  return { kind: 'other-orders', text, count: part.leftOut, ...(traceId !== null && { traceId }) };
}

function cutNote(documents: readonly StoredDocument[]): Note[] {
  const cuts = documents.flatMap(({ cut }) => cut ?? []);
  const [first] = cuts;
  if (first === undefined) return [];
  const texts = cuts.reduce((sum, { lengths }) => sum + Object.keys(lengths).length, 0);
  const where = texts === 1 ? `1 text is longer and cut` : `${count(texts)} texts are longer and cut`;
  const text = `cut at ${count(first.at)} characters: ${where} there; 'record ${first.id}' has it whole`;
  return [{ kind: 'texts-cut', text, count: texts }];
}

/** Who looked is in a stream of its own, which no story is read from: what else calls itself a look is made up. */
function noLookNote(records: number): Note {
  const text = `${plural(records, 'entry')} left out that ${records === 1 ? 'claims' : 'claim'} to be from the look-up and did not come through its door`;
  return { kind: 'not-a-look', text, count: records };
}

function noTraceNote(records: number): Note {
  const verbs = records === 1 ? ['carries', 'belongs'] : ['carry', 'belong'];
  const text = `${plural(records, 'record')} ${verbs[0]} the id and ${verbs[1]} to no trace`;
  return { kind: 'no-trace', text, count: records };
}
