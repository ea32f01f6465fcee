import type { FoundStory, Hit, SearchAnswer } from '../search/answer.js';
import type { TailBatch } from '../tail/tail.js';
import { troubleOf } from '../text/facts.js';
import type { FoundStoryView, HitView, SearchView, TailView } from './model.js';
import { storyName } from './story-name.js';

const mostBodyCharacters = 400;
/** More of one story are not shown before the story is opened. */
const mostHits = 20;

/** What was found as the page needs it: lines, not documents. */
export function searchView(answer: SearchAnswer, kibana?: string): SearchView {
  const read = answer.stories.reduce((sum, { hits }) => sum + hits.length, 0);
  const stories = answer.stories.map(foundStoryView);
  return { found: { ...answer, read, stories, ...(kibana !== undefined && { kibana }) } };
}

export function tailView(batch: TailBatch, number: number): TailView {
  return {
    ...(batch.gaps && { gaps: batch.gaps }),
    left: batch.left,
    hits: batch.hits.map((hit, index) => hitView(hit, `${number}-${index}`)),
  };
}

function foundStoryView({ asked, hits, ...story }: FoundStory): FoundStoryView {
  return {
    ...story,
    ...(asked && { name: storyName(asked) }),
    hits: hits.slice(0, mostHits).map((hit, index) => hitView(hit, String(index))),
  };
}

function hitView({ attributes, ...hit }: Hit, key: string): HitView {
  const trouble = troubleOf(attributes);
  return {
    ...hit,
    key,
    body: shortened(hit.body),
    ...(trouble !== undefined && { trouble: shortened(trouble) }),
  };
}

function shortened(text: string): string {
  return text.length > mostBodyCharacters ? `${text.slice(0, mostBodyCharacters)}…` : text;
}
