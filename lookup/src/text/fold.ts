import { textOf } from '../story/attributes.js';
import * as names from '../story/names.js';
import type { Entry, RecordEntry, SpanEntry } from '../story/story.js';

/** An entry that gets a line of its own, with the records that only repeat it. */
export interface Shown {
  readonly entry: Entry;
  readonly depth: number;
  readonly folded: readonly RecordEntry[];
  /** Whether its line shows every field, also what the redaction wrote. */
  readonly all: boolean;
}

export interface Folded {
  readonly shown: readonly Shown[];
  /** How many records are told by the line of their span. */
  readonly records: number;
  /** How many spans have no line: calls told by the server that they reached, and what only frames other spans. */
  readonly spans: number;
}

/** Events that the preload writes from a finished span: they say what the span's line says. */
const repeatTheirSpan = new Set([
  'http.server.request',
  'api.failed',
  'message.sent',
  'message.received',
  'message.send_failed',
  'db.query',
  'db.query_failed',
]);

export function repeatsItsSpan(record: RecordEntry): boolean {
  return repeatTheirSpan.has(record.eventName ?? '');
}

/** Leaves one line for what happened once. Entries come in reading order, as a trace of the story has them. */
export function fold(entries: readonly Entry[]): Folded {
  const parents = parentsOf(entries);
  const children = Map.groupBy(entries, (entry) => parents.get(entry));
  const foldedBy = new Map<Entry, RecordEntry[]>();
  const hidden = new Set<Entry>();
  for (const entry of entries) {
    const parent = parents.get(entry);
    if (entry.type === 'record' && parent && repeatsItsSpan(entry)) {
      foldedBy.set(parent, [...(foldedBy.get(parent) ?? []), entry]);
      hidden.add(entry);
    }
  }
  const records = hidden.size;
  for (const entry of entries) {
    if (entry.type !== 'span' || entry.status === 'error' || entry.orphan) continue;
    if (isFrame(entry) || isToldByItsServer(entry, children.get(entry) ?? [])) hidden.add(entry);
  }
  const depths = new Map<Entry, number>();
  const shown = entries
    .filter((entry) => !hidden.has(entry))
    .map((entry) => {
      let above = parents.get(entry);
      while (above && hidden.has(above)) above = parents.get(above);
      const depth = above ? (depths.get(above) ?? 0) + 1 : 0;
      depths.set(entry, depth);
      return { entry, depth, folded: foldedBy.get(entry) ?? [], all: false };
    });
  return { shown, records, spans: hidden.size - records };
}

function parentsOf(entries: readonly Entry[]): Map<Entry, SpanEntry> {
  const parents = new Map<Entry, SpanEntry>();
  const path: SpanEntry[] = [];
  for (const entry of entries) {
    path.length = Math.min(path.length, entry.depth);
    const parent = path.at(-1);
    if (parent) parents.set(entry, parent);
    if (entry.type === 'span') path.push(entry);
  }
  return parents;
}

/** A call whose server logged it too: one line is enough, the server's. */
function isToldByItsServer(span: SpanEntry, beneath: readonly Entry[]): boolean {
  const [only] = beneath;
  if (span.kind !== 'client' || beneath.length !== 1 || only?.type !== 'span' || only.kind !== 'server') return false;
  const status = textOf(span.attributes, ...names.httpStatus);
  return status === undefined || status === textOf(only.attributes, ...names.httpStatus);
}

/** Web frameworks whose instrumentations make a span of each middleware and handler. */
const frameworks = /instrumentation-(express|router|connect|koa|hapi|fastify|restify|nestjs-core)$/;

/** A step of a web framework, a connection from a pool, the bounds of a transaction: what happened is within or beside it. */
function isFrame(span: SpanEntry): boolean {
  if (span.kind === 'internal' && frameworks.test(span.scope ?? '')) return true;
  if (span.name === 'pg-pool.connect' || span.name === 'pg.connect') return true;
  return /^(BEGIN|COMMIT)\b/i.test(textOf(span.attributes, ...names.databaseText)?.trim() ?? '');
}

/**
 * Lines in the order in which things happened, across the branches of the tree. What hangs beneath a span never comes
 * before it, whatever the clock of its service says.
 */
export function inTimeOrder(shown: readonly Shown[]): Shown[] {
  const path: number[] = [];
  const timed = shown.map((each) => {
    path.length = Math.min(path.length, each.depth);
    const timeMs = Math.max(each.entry.timeMs, path.at(-1) ?? Number.NEGATIVE_INFINITY);
    if (each.entry.type === 'span') path.push(timeMs);
    return { each, timeMs };
  });
  return timed.sort((a, b) => a.timeMs - b.timeMs).map(({ each }) => each);
}
