import type { Collected } from '../store/collect.js';
import { readDocument } from '../store/documents.js';
import { tellStory } from '../story/find-story.js';
import type { Asked, Story } from '../story/story.js';
import { exampleStartMs, type StoredExample } from './documents.js';

/** What a search would have brought, had these documents been all that it found. */
export function collectedOf(examples: readonly StoredExample[], found: Partial<Collected> = {}): Collected {
  const documents = examples.map(({ stream, source }, index) =>
    readDocument({ _index: `.ds-${stream}-000001`, _id: `doc-${index}`, _source: source }),
  );
  return {
    documents: documents.sort((a, b) => a.timeMs - b.timeMs),
    total: documents.length,
    failedShards: 0,
    moreTraces: false,
    linksLeft: [],
    moreLinks: false,
    reasons: new Map(),
    notes: [],
    ...found,
  };
}

/** The story of such documents, looked up a minute after the example began. */
export function storyOf(asked: Asked, examples: readonly StoredExample[], found: Partial<Collected> = {}): Story {
  return tellStory(
    asked,
    { ...collectedOf(examples, found), access: [] },
    {
      now: new Date(exampleStartMs + 60_000),
      since: new Date(exampleStartMs - 60_000),
      settleMs: 5_000,
    },
  );
}
