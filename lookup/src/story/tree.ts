import type { RecordDocument, SpanDocument } from '../store/documents.js';

type Placed = { readonly document: SpanDocument | RecordDocument; readonly depth: number };

export interface Tree {
  /** In reading order: a span, then what happened in it by time. */
  readonly placed: readonly Placed[];
  /** Spans whose parent is named but absent, by the parent's id. */
  readonly orphans: ReadonlyMap<string, readonly SpanDocument[]>;
  /** Records whose span is named but absent. */
  readonly strayRecords: readonly RecordDocument[];
  readonly hasRoot: boolean;
  /** Spans that are their own ancestors. */
  readonly inCircle: number;
  /** Copies of a span that is there already (delivery is at least once). */
  readonly duplicates: number;
}

/**
 * Puts the spans of one trace under their parents and the records under their spans, everything that has one parent by
 * time. No recursion: a trace may be thousands of spans deep. Spans whose parents go in a circle are begun at the earliest.
 */
export function arrange(allSpans: readonly SpanDocument[], records: readonly RecordDocument[]): Tree {
  const spans = withoutCopies(allSpans);
  const ids = new Set(spans.map((span) => span.spanId));
  const isOrphan = (span: SpanDocument) => span.parentSpanId !== undefined && !ids.has(span.parentSpanId);
  const strayRecords = records.filter((record) => record.spanId !== undefined && !ids.has(record.spanId));
  const stray = new Set(strayRecords);

  const children = new Map<string, (SpanDocument | RecordDocument)[]>();
  const top: (SpanDocument | RecordDocument)[] = [];
  for (const span of spans) {
    if (span.parentSpanId === undefined || isOrphan(span)) top.push(span);
    else addTo(children, span.parentSpanId, span);
  }
  for (const record of records) {
    if (record.spanId === undefined || stray.has(record)) top.push(record);
    else addTo(children, record.spanId, record);
  }
  for (const list of children.values()) list.sort(byTime);

  const reached = new Set<Placed['document']>();
  walk(top, children, reached);
  const circleSpans = spans.filter((span) => !reached.has(span)).sort(byTime);
  for (const span of circleSpans) {
    if (reached.has(span)) continue;
    top.push(span);
    walk([span], children, reached);
  }
  return {
    placed: walk(top.sort(byTime), children, new Set()),
    orphans: Map.groupBy(spans.filter(isOrphan), (span) => span.parentSpanId ?? ''),
    strayRecords,
    hasRoot: spans.some((span) => span.parentSpanId === undefined),
    inCircle: circleSpans.length,
    duplicates: allSpans.length - spans.length,
  };
}

function walk(
  top: readonly (SpanDocument | RecordDocument)[],
  children: ReadonlyMap<string, readonly (SpanDocument | RecordDocument)[]>,
  reached: Set<Placed['document']>,
): Placed[] {
  const placed: Placed[] = [];
  const open: Placed[] = top.map((document) => ({ document, depth: 0 })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { document, depth } = next;
    if (reached.has(document)) continue;
    reached.add(document);
    if (document.type === 'span') {
      for (const child of (children.get(document.spanId) ?? []).toReversed()) {
        open.push({ document: child, depth: depth + 1 });
      }
    }
    placed.push(next);
  }
  return placed;
}

function withoutCopies(spans: readonly SpanDocument[]): SpanDocument[] {
  const seen = new Map<string, SpanDocument>();
  for (const span of spans) {
    const key = `${span.spanId} ${span.kind} ${span.service} ${span.timeMs} ${span.name}`;
    if (!seen.has(key)) seen.set(key, span);
  }
  return [...seen.values()];
}

function byTime(a: SpanDocument | RecordDocument, b: SpanDocument | RecordDocument): number {
  return a.timeMs - b.timeMs || Number(a.type === 'record') - Number(b.type === 'record');
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
