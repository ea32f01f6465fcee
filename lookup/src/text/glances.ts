import { textOf } from '../story/attributes.js';
import * as names from '../story/names.js';
import type { Entry, StoryTrace } from '../story/story.js';
import { isError } from '../story/summarise.js';
import { repeatsItsSpan } from './fold.js';

/** A trace that is told, or a run of traces in which the order was only looked at. */
export type Chapter = { readonly trace: StoryTrace } | { readonly glances: readonly StoryTrace[] };

/** Events of somebody who looks at pages. */
const visits = new Set(['site.entered', 'page.viewed', 'link.followed', 'orders.listed']);

/** Puts traces that only look at the order together, where they follow each other; a story of nothing else is told. */
export function chaptersOf(traces: readonly StoryTrace[]): Chapter[] {
  const glances = new Set(traces.filter(isGlance));
  if (glances.size === traces.length) return traces.map((trace) => ({ trace }));
  const chapters: Chapter[] = [];
  let run: StoryTrace[] = [];
  for (const trace of traces) {
    if (!glances.has(trace)) {
      run = [];
      chapters.push({ trace });
      continue;
    }
    if (run.length === 0) chapters.push({ glances: run });
    run.push(trace);
  }
  return chapters;
}

/** It begins with a request that may change nothing (GET or HEAD; RFC 9110, 9.2.1), and nothing in it says that it did more. */
function isGlance({ entries: [first, ...rest] }: StoryTrace): boolean {
  if (first?.type !== 'span' || first.kind !== 'server' || first.orphan || isError(first)) return false;
  const method = textOf(first.attributes, ...names.httpMethod);
  return (method === 'GET' || method === 'HEAD') && rest.every(isQuiet);
}

function isQuiet(entry: Entry): boolean {
  if (entry.type === 'span') {
    return !isError(entry) && !entry.orphan && entry.kind !== 'producer' && entry.kind !== 'consumer';
  }
  return entry.severityNumber < 13 && (repeatsItsSpan(entry) || visits.has(entry.eventName ?? ''));
}
