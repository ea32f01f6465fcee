import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Story } from '../story/story.js';
import { storyName } from './story-name.js';

/** The story as a file: nothing folded; texts are cut where the story has them cut, and each entry names where it is whole. */
export async function downloadStory(
  story: Story,
  lines: Iterable<string>,
  form: 'ndjson' | 'otlp',
  response: ServerResponse,
): Promise<void> {
  const name = storyName(story.asked)
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 100);
  const extension = form === 'otlp' ? 'otlp.jsonl' : 'ndjson';
  response.writeHead(200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.${extension}"`,
  });
  await pipeline(Readable.from(lines), response);
}
