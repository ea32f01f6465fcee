/** The leaf values an attribute can have; maps are flattened to dotted keys before they get here. */
export type AttributeValue = string | number | boolean | null | readonly unknown[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What was asked for: every trace and record of an order, or one trace. */
export type Asked = { readonly orderId: string } | { readonly traceId: string };

interface EntryBase {
  /** ISO 8601, UTC, microseconds. */
  readonly time: string;
  /** Milliseconds since 1970 with a fraction (a quarter of a microsecond is the limit of a double). */
  readonly timeMs: number;
  /** How many spans of this story stand above the entry; 0 at the top of a trace. */
  readonly depth: number;
  /** `service.name`, `unknown` where the resource has none. */
  readonly service: string;
  /** Where in `Story.resources` the entry's resource attributes stand. */
  readonly resource: number;
  readonly scope?: string;
  readonly attributes: Attributes;
  /** Set on a span of another order that is kept only because something of this order hangs beneath it. */
  readonly otherOrder?: true;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface SpanEntry extends EntryBase {
  readonly type: 'span';
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly durationMs: number;
  readonly status: 'unset' | 'ok' | 'error';
  readonly statusMessage?: string;
  readonly links: readonly SpanLink[];
  /** Its parent is named but was not found. */
  readonly orphan?: true;
}

export interface RecordEntry extends EntryBase {
  readonly type: 'record';
  readonly spanId?: string;
  readonly severity: string;
  /** 1 (TRACE) to 24 (FATAL4), 0 where the record has none; OpenTelemetry logs data model, "Severity Fields". */
  readonly severityNumber: number;
  readonly eventName?: string;
  /** The message; a structured body as JSON. */
  readonly body: string;
}

export type Entry = SpanEntry | RecordEntry;

export interface StoryTrace {
  /** Null: records that carry the order's id and belong to no trace. */
  readonly traceId: string | null;
  /** Why it is in the story: it has the order's id, it is the trace asked for, or a span link leads to or from it. */
  readonly reason: 'order' | 'trace' | 'link';
  readonly startMs: number;
  readonly endMs: number;
  /** In reading order: a span, then what happened in it by time. The tree is in `depth`, so that no depth is too deep. */
  readonly entries: readonly Entry[];
}

export type GapKind =
  | 'cut'
  | 'traces-cut'
  | 'links-cut'
  | 'shards-failed'
  | 'missing-root'
  | 'missing-parent'
  | 'missing-span'
  | 'no-spans'
  | 'parent-cycle'
  | 'still-arriving';

/** Something that the story lacks; one of them is enough to make it partial. */
export interface Gap {
  readonly kind: GapKind;
  /** One sentence for people. */
  readonly text: string;
  readonly traceId?: string;
  /** How many entries it concerns. */
  readonly count?: number;
}

export type NoteKind = 'other-orders' | 'no-trace' | 'clock-skew' | 'duplicates';

/** Something worth knowing that takes nothing away from the story. */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
  readonly traceId?: string;
  readonly count?: number;
}

/** The answer to a look-up, and the JSON document that `--json` prints. */
export interface Story {
  readonly version: 1;
  readonly asked: Asked;
  readonly lookedAt: string;
  /** The start of the window in which the id was looked for. */
  readonly since: string;
  readonly verdict: 'whole' | 'partial' | 'empty';
  readonly gaps: readonly Gap[];
  readonly notes: readonly Note[];
  readonly resources: readonly Attributes[];
  /** By start. */
  readonly traces: readonly StoryTrace[];
}
