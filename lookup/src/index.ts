export { CannotLook, connect, describeFailure, whereToLook } from './store/connect.js';
export { type FoundRecord, type FoundRecords, searchWords } from './store/words.js';
export { findStory, type StoryOptions } from './story/find-story.js';
export type {
  Asked,
  Attributes,
  AttributeValue,
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
export { wantsColours } from './text/paint.js';
export { type PageOptions, storyLines } from './text/story-text.js';
