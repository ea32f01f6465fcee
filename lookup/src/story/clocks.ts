import type { SpanDocument, StoredDocument } from '../store/documents.js';
import { textOf } from './attributes.js';
import type { Note } from './story.js';

/** Below this, services on one machine differ by how they read their clocks; in ms. */
const noticeableMs = 5;

/** What calls between two clocks allow to add to the callee's, beyond what is added to the caller's; in ms. */
interface Bounds {
  readonly caller: SpanDocument;
  readonly callee: SpanDocument;
  least: number;
  most: number;
}

export interface Clocks {
  /** How much to add to the times of a span or record, in ms; 0 where its clock agrees with its callers'. */
  correctionOf(document: StoredDocument): number;
  readonly notes: readonly Note[];
}

/**
 * Clocks that can't agree: a server that answered before it was called or after its caller had the answer, a message that was
 * received before it was sent. A service's clock is corrected by its caller's, to the middle of what their calls allow (as NTP takes
 * the way there to be as long as the way back). A clock that may be right is left as it is.
 */
export function compareClocks(spans: readonly SpanDocument[]): Clocks {
  const edges = boundsOf(spans);
  const corrections = new Map<string, number>();
  const notes: Note[] = [];
  for (const start of startsOf(edges)) {
    if (corrections.has(start)) continue;
    corrections.set(start, 0);
    const open = [start];
    for (let caller = open.shift(); caller !== undefined; caller = open.shift()) {
      for (const edge of edges.get(caller)?.values() ?? []) {
        const callee = clockOf(edge.callee);
        if (corrections.has(callee)) continue;
        const correction = correctionFor(edge, corrections.get(caller) ?? 0);
        corrections.set(callee, correction);
        if (correction !== 0) notes.push(noteOf(edge, correction));
        open.push(callee);
      }
    }
  }
  return { correctionOf: (document) => corrections.get(clockOf(document)) ?? 0, notes };
}

/** By caller, then by callee. */
function boundsOf(spans: readonly SpanDocument[]): Map<string, Map<string, Bounds>> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const edges = new Map<string, Map<string, Bounds>>();
  for (const callee of spans) {
    const caller = callee.parentSpanId === undefined ? undefined : byId.get(callee.parentSpanId);
    if (!caller || caller.service === callee.service) continue;
    const own = edges.get(clockOf(caller)) ?? new Map<string, Bounds>();
    edges.set(clockOf(caller), own);
    const bounds = own.get(clockOf(callee)) ?? { caller, callee, least: -Infinity, most: Infinity };
    own.set(clockOf(callee), bounds);
    bounds.least = Math.max(bounds.least, caller.timeMs - callee.timeMs);
    bounds.most = Math.min(bounds.most, mostOf(caller, callee));
  }
  return edges;
}

/** A client waits for its server to begin, and to end unless it gave up before; nobody else waits for whom they call. */
function mostOf(caller: SpanDocument, callee: SpanDocument): number {
  if (caller.kind !== 'client' || callee.kind !== 'server') return Infinity;
  const gaveUp = callee.durationMs > caller.durationMs;
  return caller.timeMs + caller.durationMs - callee.timeMs - (gaveUp ? 0 : callee.durationMs);
}

/** Services that nobody calls come first: theirs is the clock that the others are held against. */
function startsOf(edges: ReadonlyMap<string, ReadonlyMap<string, Bounds>>): string[] {
  const called = new Set([...edges.values()].flatMap((own) => [...own.keys()]));
  return [...edges.keys()].sort((a, b) => Number(called.has(a)) - Number(called.has(b)));
}

function correctionFor({ least, most }: Bounds, base: number): number {
  const fits = (correction: number) =>
    correction >= base + least - noticeableMs && correction <= base + most + noticeableMs;
  if (fits(0)) return 0;
  if (fits(base)) return base;
  return base + (most === Infinity ? least : (least + most) / 2);
}

/** Containers of one service on several machines have a clock each. */
function clockOf(document: StoredDocument): string {
  return `${document.service}\n${textOf(document.resource, 'host.name') ?? ''}`;
}

function noteOf({ caller, callee }: Bounds, correction: number): Note {
  const by = seconds(Math.abs(correction));
  const [how, done] = correction > 0 ? ['behind', 'later'] : ['ahead of', 'earlier'];
  return {
    kind: 'clock-skew',
    text: `the clock of ${callee.service} is about ${by} ${how} that of ${caller.service}: its times are shown ${by} ${done}`,
  };
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}
