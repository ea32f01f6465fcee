import type { Story } from '../story/story.js';

/** A story as NDJSON: a line of JSON for each span and record, with its trace and its resource, in the order of the story. */
export function* storyNdjson(story: Story): Generator<string> {
  for (const { traceId, entries } of story.traces) {
    for (const entry of entries) {
      yield `${JSON.stringify({ traceId, ...entry, resource: story.resources[entry.resource] ?? {} })}\n`;
    }
  }
}
