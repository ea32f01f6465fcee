import type { Story } from '../story/story.js';
import { summarise } from '../story/summarise.js';
import { chaptersOf } from './glances.js';
import { footerLines, headerLines, remark } from './header.js';
import { columnsFor } from './lines.js';
import { coloured, fitSegments, plain, type Segment } from './paint.js';
import { plural } from './plural.js';
import { foldedTrace, glancesTitle, traceLines, traceTitle } from './trace-text.js';

export interface PageOptions {
  /** Columns of a line, at least 60. */
  readonly width: number;
  readonly colours: boolean;
  /** Every span and record on a line of its own, also those that only repeat another line. */
  readonly all: boolean;
}

const narrowest = 60;

/** The story as text, line by line: a header, the waterfall of each trace with the records in it, what is missing. */
export function* storyLines(story: Story, options: PageOptions): Generator<string> {
  const width = Math.max(narrowest, options.width);
  const paint = options.colours ? coloured : plain;
  const print = (segments: readonly Segment[]) => paint(fitSegments(segments, width)).trimEnd();
  const summary = summarise(story);
  for (const line of headerLines(story, summary, width)) yield print(line);

  const services = summary.services.map(({ name }) => name);
  const longestMs = Math.max(0, ...story.traces.map((trace) => trace.endMs - trace.startMs));
  const columns = columnsFor(width, services, longestMs);
  const left = { traces: 0, records: 0, spans: 0 };
  for (const chapter of options.all ? story.traces.map((trace) => ({ trace })) : chaptersOf(story.traces)) {
    yield '';
    if ('glances' in chapter) {
      left.traces += chapter.glances.length;
      yield print(glancesTitle(chapter.glances, summary.startMs));
      continue;
    }
    const folded = foldedTrace(chapter.trace, options.all);
    left.records += folded.records;
    left.spans += folded.spans;
    yield print(traceTitle(chapter.trace, summary.startMs));
    for (const line of traceLines(chapter.trace, folded, columns)) yield print(line);
  }

  const footer = [...footerLines(story, width), ...leftOutNote(left, width)];
  if (footer.length > 0) yield '';
  for (const line of footer) yield print(line);
}

interface LeftOut {
  readonly traces: number;
  readonly records: number;
  readonly spans: number;
}

function leftOutNote(left: LeftOut, width: number): Segment[][] {
  const repeating = [
    ...(left.records > 0 ? [plural(left.records, 'record')] : []),
    ...(left.spans > 0 ? [plural(left.spans, 'span')] : []),
  ];
  const parts = [
    ...(left.traces > 0 ? [`${plural(left.traces, 'trace')} that only looked at it`] : []),
    ...(repeating.length > 0 ? [`${repeating.join(' and ')} that only repeat or frame what is`] : []),
  ];
  if (parts.length === 0) return [];
  return remark('·', `not printed: ${parts.join(', ')}; --all prints each`, width, { mark: 'faint', text: 'faint' });
}
