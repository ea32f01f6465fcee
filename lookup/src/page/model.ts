// What the server and the page's script say to each other. Types only: the browser loads nothing of this.
import type { FoundStory, Hit, SearchAnswer } from '../search/answer.js';
import type { Asked, Attributes, Cut, Gap, Note, RecordEntry, SpanEntry, Story, StoryTrace } from '../story/story.js';
import type { StorySummary } from '../story/summarise.js';
import type { Segment } from '../text/paint.js';

export type Mark = 'error' | 'warning' | 'span' | 'record';

/** One line of the waterfall. */
export interface StoryRow {
  /** The same whenever the story is looked up. */
  readonly id: string;
  /** Index into `traces`. */
  readonly trace: number;
  readonly depth: number;
  /** Its depth where what only repeats other rows is left out; absent on such a row. */
  readonly foldedDepth?: number;
  readonly type: 'span' | 'record';
  /** Index into `summary.services`. */
  readonly service: number;
  readonly timeMs: number;
  readonly durationMs?: number;
  readonly mark: Mark;
  readonly line: readonly Segment[];
  /** What went wrong, in the words of the exception. */
  readonly trouble?: string;
}

type Shared = {
  readonly time: string;
  readonly resource: number;
  readonly scope?: string;
  readonly attributes: Attributes;
  /** What is too long to be sent whole. */
  readonly cut?: Cut;
};
export type SpanDetail = Shared &
  Pick<
    SpanEntry,
    | 'type'
    | 'spanId'
    | 'parentSpanId'
    | 'name'
    | 'kind'
    | 'status'
    | 'statusMessage'
    | 'links'
    | 'orphan'
    | 'otherOrder'
  >;
export type RecordDetail = Shared &
  Pick<RecordEntry, 'type' | 'spanId' | 'severity' | 'severityNumber' | 'eventName' | 'body'>;
export type EntryDetail = SpanDetail | RecordDetail;

export interface TraceView extends Pick<StoryTrace, 'traceId' | 'reason' | 'startMs' | 'endMs'> {
  /** What its first span did. */
  readonly title: string;
}

export interface StoryView {
  readonly asked: Asked;
  readonly verdict: Story['verdict'];
  readonly gaps: readonly Gap[];
  readonly notes: readonly Note[];
  readonly lookedAt: string;
  readonly since: string;
  readonly summary: Omit<StorySummary, 'gaps' | 'messages' | 'statements' | 'statusChanges'> & {
    readonly messages: number;
    readonly statements: number;
  };
  readonly traces: readonly TraceView[];
  readonly rows: readonly StoryRow[];
  /** One for each row. */
  readonly details: readonly EntryDetail[];
  readonly resources: readonly Attributes[];
  /** The same in Kibana; absent where none is known. */
  readonly kibana?: string;
}

/** A hit as a line needs it. */
export interface HitView extends Omit<Hit, 'attributes'> {
  /** Its own in one answer. */
  readonly key: string;
  readonly trouble?: string;
}

export interface FoundStoryView extends Omit<FoundStory, 'hits' | 'asked'> {
  /** As an address names it; absent where the record belongs to no story. */
  readonly name?: string;
  readonly hits: readonly HitView[];
}

/** What the search box led to: one story, where an id was put in, or what was found. */
export interface SearchView {
  readonly story?: { readonly name: string; readonly view: StoryView };
  /** What else is there where an id led to no story: one that differs by upper and lower case. */
  readonly notes?: readonly Note[];
  readonly found?: Omit<SearchAnswer, 'stories'> & {
    /** Spans and records on this page. */
    readonly read: number;
    readonly stories: readonly FoundStoryView[];
    readonly kibana?: string;
  };
}

export interface TailView {
  /** What the account may not read; with the first ones. */
  readonly gaps?: readonly Gap[];
  /** The oldest first. */
  readonly hits: readonly HitView[];
  readonly left: number;
}

/** What the server answers instead, with a status of 400 and above. */
export interface Failure {
  readonly error: string;
  /** Where in the words of a search the trouble is, from 1. */
  readonly column?: number;
}
