import { isError } from '../story/summarise.js';
import { bar, duration, offset } from './durations.js';
import { levelStyle, recordFacts, spanFacts } from './facts.js';
import type { Shown } from './fold.js';
import { fitSegments, type Segment, type Style, segmentsWidth } from './paint.js';
import { fit, pad, visible, widthOf, wrap } from './visible.js';

/** The columns of a page: margin, time, service, text, how long it took, where it lies in the trace. */
export interface Columns {
  readonly width: number;
  readonly time: number;
  readonly service: number;
  readonly took: number;
  readonly bar: number;
}

const margin = 2;
const gap = 2;
const widestService = 18;
const tookColumns = 8;
/** A deeper tree is not indented further, or its text would have no room. */
const mostIndent = 24;
const mostTroubleLines = 4;

export function columnsFor(width: number, services: readonly string[], longestMs: number): Columns {
  const widest = Math.max(0, ...services.map((service) => widthOf(visible(service))));
  return {
    width,
    time: Math.max(7, offset(longestMs).length),
    service: Math.min(widestService, widest),
    took: tookColumns,
    bar: width >= 140 ? 28 : width >= 90 ? 12 : 0,
  };
}

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The lines of one entry: the line itself and, beneath it, its trouble in full. */
export function entryLines(shown: Shown, before: Shown | undefined, trace: Span, columns: Columns): Segment[][] {
  const { entry, depth, folded } = shown;
  const facts = entry.type === 'span' ? spanFacts(entry, folded) : recordFacts(entry, shown.all);
  const service = before?.entry.service === entry.service ? '' : fit(visible(entry.service), columns.service);
  const mark = markOf(shown);
  const left: Segment[] = [
    { text: mark.margin.padEnd(margin), style: mark.style },
    { text: offset(entry.timeMs - trace.startMs).padStart(columns.time), style: 'faint' },
    { text: ' '.repeat(gap) },
    { text: pad(service, columns.service), style: 'strong' },
    { text: ' '.repeat(gap) },
    { text: indent(depth) },
    { text: `${mark.glyph} `, style: mark.style },
  ];
  const used = segmentsWidth(left);
  const right = entry.type === 'span' ? rightSide(entry.timeMs, entry.durationMs, trace, columns) : [];
  const room = Math.max(1, columns.width - used - segmentsWidth(right));
  const text = fitSegments(facts.segments, room);
  const line = [
    ...left,
    ...text,
    ...(right.length > 0 ? [{ text: ' '.repeat(room - segmentsWidth(text)) }, ...right] : []),
  ];
  if (facts.trouble === undefined) return [line];
  const beneath = wrap(facts.trouble, Math.max(20, columns.width - used), mostTroubleLines);
  return [line, ...beneath.map((each) => [{ text: ' '.repeat(used) }, { text: each, style: mark.style }])];
}

interface Mark {
  readonly margin: string;
  readonly glyph: string;
  readonly style: Style;
}

/** Errors and warnings have a mark in the margin too, so that an eye or a search finds them in a page without colours. */
function markOf({ entry }: Shown): Mark {
  if (isError(entry)) return { margin: '✗', glyph: '✗', style: 'bad' };
  if (entry.type === 'span') return { margin: '', glyph: '✓', style: 'good' };
  if (entry.severityNumber >= 13) return { margin: '!', glyph: '!', style: levelStyle(entry) };
  return { margin: '', glyph: '·', style: 'faint' };
}

function rightSide(startMs: number, durationMs: number, trace: Span, columns: Columns): Segment[] {
  const took: Segment[] = [{ text: ' '.repeat(gap) }, { text: duration(durationMs).padStart(columns.took) }];
  if (columns.bar === 0) return took;
  const wholeMs = Math.max(trace.endMs - trace.startMs, Number.EPSILON);
  const drawn = bar((startMs - trace.startMs) / wholeMs, durationMs / wholeMs, columns.bar);
  return [...took, { text: ' '.repeat(gap) }, { text: drawn.padEnd(columns.bar), style: 'faint' }];
}

function indent(depth: number): string {
  if (depth * 2 <= mostIndent) return '  '.repeat(depth);
  return `${`${depth}›`.padStart(mostIndent - 1)} `;
}
