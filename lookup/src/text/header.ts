import { spokenAsked } from '../story/asked.js';
import type { Entry, Gap, Story } from '../story/story.js';
import { isError, type StorySummary } from '../story/summarise.js';
import { duration, moment } from './durations.js';
import { recordFacts, spanFacts } from './facts.js';
import { plain, type Segment, type Style } from './paint.js';
import { count, plural } from './plural.js';
import { visible, wrap } from './visible.js';

const labelColumns = 10;
const mostRowLines = 3;
const mostGaps = 20;
const warning = { text: 'warning', mark: 'warning' } as const;

/** What a reader wants to know before the first line: whose story, how it stands, when, where, and whether it is all. */
export function headerLines(story: Story, summary: StorySummary, width: number): Segment[][] {
  const row = (label: string, value: string | undefined, style?: Style) => rowLines(label, value, width, style);
  const verdict = verdictOf(story);
  const title = spokenAsked(story.asked);
  const others = 'orderId' in story.asked ? [] : summary.orders;
  const errors = story.traces.flatMap((trace) => trace.entries).filter(isError);
  return [
    [{ text: visible(title), style: 'strong' }, { text: '  ' }, verdict],
    ...story.gaps.filter(isClosed).flatMap((gap) => remark('!', gap.text, width, warning)),
    ...row('orders', others.join(', ')),
    ...row('customer', summary.customer),
    ...row('status', summary.statusPath.join(' → ') || summary.status),
    ...row('price', summary.price),
    ...row('when', `${moment(summary.startMs)} – ${until(summary)} UTC, ${duration(summary.endMs - summary.startMs)}`),
    ...row('services', summary.services.map(({ name }) => name).join(', ')),
    ...row('read', whatWasRead(story, summary)),
    ...(errors.length > 0 ? row('errors', firstError(errors), 'bad') : []),
  ];
}

/** What is missing and what is worth knowing; nothing for a story that has neither. */
export function footerLines(story: Story, width: number): Segment[][] {
  const gaps = story.gaps.filter((gap) => !isClosed(gap));
  const more = gaps.length - mostGaps;
  return [
    ...gaps.slice(0, mostGaps).flatMap((gap) => remark('!', gap.text, width, warning)),
    ...(more > 0
      ? remark('!', `and ${plural(more, 'more gap')}; --json has them all`, width, { mark: 'warning' })
      : []),
    ...story.notes.flatMap((note) => remark('·', note.text, width, { mark: 'faint' })),
  ];
}

/** A sentence with a mark before it, over as many lines as it needs. */
export function remark(mark: string, text: string, width: number, styles: { mark: Style; text?: Style }): Segment[][] {
  return wrap(visible(text), width - 2, mostRowLines).map((line, index) => [
    { text: index === 0 ? `${mark} ` : '  ', style: styles.mark },
    { text: line, ...(styles.text && { style: styles.text }) },
  ]);
}

/** What the account may not read says how to take all that follows: it stands above it. */
function isClosed({ kind }: Gap): boolean {
  return kind === 'no-access';
}

function verdictOf(story: Story): Segment {
  if (story.verdict === 'whole') return { text: '✓ whole', style: 'good' };
  const where = story.gaps.every(isClosed) ? '' : ': see the end';
  return { text: `! partial, ${plural(story.gaps.length, 'gap')}${where}`, style: 'warning' };
}

function rowLines(label: string, value: string | undefined, width: number, style?: Style): Segment[][] {
  if (value === undefined || value === '') return [];
  const lines = wrap(visible(value), width - labelColumns - 2, mostRowLines);
  return lines.map((line, index) => [
    { text: `  ${(index === 0 ? label : '').padEnd(labelColumns)}`, style: 'faint' },
    { text: line, ...(style && { style }) },
  ]);
}

/** The end without its date when that is the start's. */
function until(summary: StorySummary): string {
  const [start, end] = [moment(summary.startMs), moment(summary.endMs)];
  return start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end;
}

function whatWasRead(story: Story, summary: StorySummary): string {
  const traces = story.traces.filter((trace) => trace.traceId !== null).length;
  const parts = [plural(traces, 'trace'), plural(summary.spans, 'span'), plural(summary.records, 'record')];
  if (summary.messages.length > 0) parts.push(plural(summary.messages.length, 'message'));
  if (summary.statements.length > 0) parts.push(plural(summary.statements.length, 'database statement'));
  return parts.join(', ');
}

/** A record that tells of an error comes nearest to its cause; else the failed span that began last, deepest in the calls. */
function firstError(errors: readonly Entry[]): string {
  const records = errors.filter((entry) => entry.type === 'record').sort((a, b) => a.timeMs - b.timeMs);
  const spans = errors.filter((entry) => entry.type === 'span').sort((a, b) => b.timeMs - a.timeMs);
  const cause = records[0] ?? spans[0];
  if (!cause) return '';
  const facts = cause.type === 'span' ? spanFacts(cause, []) : recordFacts(cause);
  return `${count(errors.length)}, see ${cause.service}: ${facts.trouble ?? plain(facts.segments)}`;
}
