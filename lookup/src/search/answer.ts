import type { Asked, Attributes, Cut, Gap } from '../story/story.js';

export interface SearchOptions {
  /** The start of the window; 30 days ago. */
  readonly from?: Date;
  /** The end of the window; now. */
  readonly to?: Date;
  /** Spans and records to read for one page, 1 to 1,000; 200. */
  readonly limit?: number;
  /** `SearchAnswer.next` of the page before. */
  readonly after?: string;
}

/** A span or record that has what was searched for. */
export interface Hit {
  readonly type: 'span' | 'record';
  /** ISO 8601, UTC, microseconds. */
  readonly time: string;
  readonly timeMs: number;
  readonly service: string;
  /** `ERROR` for a span that failed; empty where a record has none. */
  readonly severity: string;
  /** 0 to 24; 17 for a span that failed. */
  readonly severityNumber: number;
  readonly eventName?: string;
  /** A record's message, a span's name; at most 4,000 characters of it. */
  readonly body: string;
  /** How long it is, where it was cut. */
  readonly bodyLength?: number;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly orderId?: string;
  /** Of a span. */
  readonly durationMs?: number;
  readonly attributes: Attributes;
  /** What of it is too long to be sent along. */
  readonly cut?: Cut;
}

/** The hits that belong to one order, or to one trace where no order is named, or one record that belongs to nothing. */
export interface FoundStory {
  /** The same on each page that has hits of this story. */
  readonly key: string;
  /** What to ask for the whole story; absent where a record belongs to no order and no trace. */
  readonly asked?: Asked;
  readonly orderId?: string;
  readonly traceIds: readonly string[];
  /** Of the whole of its traces, not only of the hits; the most talkative first. */
  readonly services: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  /** Spans that failed and records of severity ERROR and above in the whole of its traces. */
  readonly errors: number;
  /** The newest first. */
  readonly hits: readonly Hit[];
}

export interface Histogram {
  readonly stepMs: number;
  /** By time, empty ones too. */
  readonly buckets: readonly { readonly startMs: number; readonly count: number; readonly errors: number }[];
}

/** The answer to a search, and the JSON document that `search --json` prints. */
export interface SearchAnswer {
  readonly version: 1;
  readonly query: string;
  readonly from: string;
  readonly to: string;
  /** How many spans and records there are in the window. */
  readonly total: number;
  /** Partial: `gaps` says why, also where this is one page of several. */
  readonly verdict: 'whole' | 'partial' | 'empty';
  /** By their newest hit, the newest first. */
  readonly stories: readonly FoundStory[];
  /** There is more: give it as `after`. */
  readonly next?: string;
  readonly histogram: Histogram;
  /** Why the answer may lack something: systems that the account may not read, shards that did not answer, older hits on other pages. */
  readonly gaps: readonly Gap[];
}
