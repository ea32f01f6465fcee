export { NoAccess } from './access/access.js';
export { storyNdjson } from './export/ndjson.js';
export { storyOtlp } from './export/otlp.js';
export { type Lookup, openLookup, type Window } from './lookup.js';
export { QueryError } from './query/query-error.js';
export type { FoundStory, Histogram, Hit, SearchAnswer, SearchOptions } from './search/answer.js';
export type { ServiceActivity, ServicesAnswer } from './services/services.js';
export { connect, describeFailure } from './store/connect.js';
export { CannotLook, journalAddress, type Places, whereToLook } from './store/environment.js';
export type { Whole } from './store/whole.js';
export { readAsked, spokenAsked } from './story/asked.js';
export { findStory, type StoryOptions } from './story/find-story.js';
export type {
  Asked,
  Attributes,
  AttributeValue,
  Cut,
  Entry,
  Gap,
  GapKind,
  Note,
  NoteKind,
  RecordEntry,
  SpanEntry,
  SpanLink,
  Story,
  StoryTrace,
} from './story/story.js';
export {
  type MessageSummary,
  type ServiceSummary,
  type StatementSummary,
  type StatusChange,
  type StorySummary,
  summarise,
} from './story/summarise.js';
export type { TailBatch, TailOptions } from './tail/tail.js';
export { caretLines } from './text/caret.js';
export { wantsColours } from './text/paint.js';
export { type PageOptions, storyLines } from './text/story-text.js';
export { CannotRecord, type CollectorAddress } from './who-looked/collector.js';
export type { Looker } from './who-looked/record.js';
