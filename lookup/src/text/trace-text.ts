import type { StoryTrace } from '../story/story.js';
import { duration, moment } from './durations.js';
import { spanFacts } from './facts.js';
import { type Folded, fold, inTimeOrder } from './fold.js';
import { type Columns, entryLines } from './lines.js';
import { plain, type Segment } from './paint.js';

/** A trace's entries, ready for lines: folded, or each by itself. */
export function foldedTrace(trace: StoryTrace, all: boolean): Folded {
  if (!all) return fold(trace.entries);
  const shown = trace.entries.map((entry) => ({ entry, depth: entry.depth, folded: [], all }));
  return { shown, records: 0, spans: 0 };
}

/** The lines of a trace beneath its title. */
export function* traceLines(trace: StoryTrace, folded: Folded, columns: Columns): Generator<Segment[]> {
  const ordered = inTimeOrder(folded.shown);
  for (const [index, shown] of ordered.entries()) yield* entryLines(shown, ordered[index - 1], trace, columns);
}

export function traceTitle(trace: StoryTrace, storyStartMs: number): Segment[] {
  const name = trace.traceId === null ? 'no trace' : `trace ${trace.traceId}`;
  const why = trace.reason === 'link' ? '  linked' : '';
  return [
    { text: '── ', style: 'faint' },
    { text: name, style: 'strong' },
    { text: `${why}  ${when(trace.startMs, storyStartMs)}  `, style: 'faint' },
    { text: beginning(trace), style: 'strong' },
  ];
}

/** One line for a run of traces in which the order was only looked at. */
export function glancesTitle(traces: readonly StoryTrace[], storyStartMs: number): Segment[] {
  const [first, last] = [traces[0], traces.at(-1)];
  const until = last && last !== first ? ` – ${when(last.startMs, storyStartMs).replace(/^[^,]*, /, '')}` : '';
  const times = traces.length === 1 ? 'once' : `${traces.length} times`;
  return [
    { text: `── looked at ${times}  ${when(first?.startMs ?? 0, storyStartMs)}${until}  `, style: 'faint' },
    { text: [...new Set(traces.map(beginning))].join(', ') },
  ];
}

/** What its first span did. */
function beginning(trace: StoryTrace): string {
  const first = trace.entries.find((entry) => entry.type === 'span');
  return first?.type === 'span' ? plain(spanFacts(first, []).segments.slice(0, 1)) : '';
}

/** When it began, and how long after the story; the date only where it is not the story's. */
function when(timeMs: number, storyStartMs: number): string {
  const at = moment(timeMs);
  if (timeMs - storyStartMs < 1) return at;
  const sameDay = at.slice(0, 10) === moment(storyStartMs).slice(0, 10);
  return `${sameDay ? at.slice(11) : at}, ${duration(timeMs - storyStartMs)} later`;
}
