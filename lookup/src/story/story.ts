/** The leaf values an attribute can have; maps are flattened to dotted keys before they get here. */
export type AttributeValue = string | number | boolean | null | readonly unknown[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What was asked for. All but the last are exact: a whole id or value, never a part of it. */
export type Asked =
  /** Every trace and record of an order. */
  | { readonly orderId: string }
  /** One trace: 32 hexadecimal digits. */
  | { readonly traceId: string }
  /** The trace of a span: 16 hexadecimal digits. */
  | { readonly spanId: string }
  /** What sent and what received a message: `messaging.message.id`. */
  | { readonly messageId: string }
  /** Any attribute of a span, record or resource. */
  | { readonly attribute: string; readonly value: string }
  /** The traces in which any span or record has what the search language says. */
  | { readonly query: string };

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
  /**
   * How much was added to the time that was written, because the clock of its service differs from its callers'; in ms, absent
   * where nothing was. `time` and `timeMs` have it in them.
   */
  readonly correctedMs?: number;
  /** Set on a span of another order that is kept only because something of this order hangs beneath it. */
  readonly otherOrder?: true;
  readonly cut?: Cut;
}

/** What is cut in an entry, since it is too long to be sent along with each look; `Lookup.record` has it whole. */
export interface Cut {
  /** How many characters of each are there. */
  readonly at: number;
  /** How many each has: `body`, `name`, `status.message`, or an attribute's name. */
  readonly lengths: Readonly<Record<string, number>>;
  /** The name of the document, for `Lookup.record`. */
  readonly id: string;
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
  /** Null: records that carry what was asked for and belong to no trace. */
  readonly traceId: string | null;
  /** Why it is in the story: it has what was asked for, it is the trace asked for, or a span link leads to or from it. */
  readonly reason: 'order' | 'trace' | 'found' | 'link';
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
  | 'no-access'
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

export type NoteKind =
  | 'other-orders'
  | 'no-trace'
  | 'clock-skew'
  | 'duplicates'
  | 'window-widened'
  | 'texts-cut'
  | 'other-case'
  | 'not-a-look';

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
  /** The window in which it was looked for. */
  readonly since: string;
  /** Absent where the window had no end. */
  readonly until?: string;
  readonly verdict: 'whole' | 'partial' | 'empty';
  readonly gaps: readonly Gap[];
  readonly notes: readonly Note[];
  readonly resources: readonly Attributes[];
  /** By start. */
  readonly traces: readonly StoryTrace[];
}
