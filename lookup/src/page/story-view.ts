import { beginningOf } from '../store/room.js';
import type { Entry, Story, StoryTrace } from '../story/story.js';
import { isError, summarise } from '../story/summarise.js';
import { recordFacts, spanFacts } from '../text/facts.js';
import { fold } from '../text/fold.js';
import { plain, type Segment } from '../text/paint.js';
import { plural } from '../text/plural.js';
import type { EntryDetail, Mark, StoryRow, StoryView, TraceView } from './model.js';
import { rowName } from './row-name.js';

/** A row is one line; what is longer can't be read in it. */
const mostLineCharacters = 400;
const mostTroubleCharacters = 1_000;

/** A story as the page needs it: its rows in reading order, worded as the command line words them. */
export function storyView(story: Story): StoryView {
  const summary = summarise(story);
  const services = summary.services.map(({ name }) => name);
  const ids = new RowIds();
  const rows: StoryRow[] = [];
  const details: EntryDetail[] = [];
  const traces = story.traces.map((trace, index): TraceView => {
    const told = new Map(fold(trace.entries).shown.map((shown) => [shown.entry, shown]));
    for (const entry of trace.entries) {
      const shown = told.get(entry);
      const facts = entry.type === 'span' ? spanFacts(entry, shown?.folded ?? []) : recordFacts(entry);
      rows.push({
        id: ids.of(entry),
        trace: index,
        depth: entry.depth,
        ...(shown && { foldedDepth: shown.depth }),
        type: entry.type,
        service: services.indexOf(entry.service),
        timeMs: entry.timeMs,
        ...(entry.type === 'span' && { durationMs: entry.durationMs }),
        mark: markOf(entry),
        line: shortened(facts.segments),
        ...(facts.trouble !== undefined && { trouble: cut(facts.trouble, mostTroubleCharacters) }),
      });
      details.push(detailOf(entry));
    }
    return {
      traceId: trace.traceId,
      reason: trace.reason,
      startMs: trace.startMs,
      endMs: trace.endMs,
      title: titleOf(trace),
    };
  });
  const { asked, verdict, gaps, notes, lookedAt, since, resources } = story;
  const { gaps: _, services: counts, statements, messages, statusChanges: __, ...told } = summary;
  return {
    ...{ asked, verdict, gaps, notes, lookedAt, since },
    summary: { ...told, services: counts, messages: messages.length, statements: statements.length },
    traces,
    rows,
    details,
    resources,
  };
}

/** A name for each row that is the same whenever the story is looked up, so that a link can point at it. */
class RowIds {
  readonly #seen = new Map<string, number>();

  of(entry: Entry): string {
    const name = rowName(entry);
    const before = this.#seen.get(name) ?? 0;
    this.#seen.set(name, before + 1);
    return before === 0 ? name : `${name}.${before}`;
  }
}

function markOf(entry: Entry): Mark {
  if (isError(entry)) return 'error';
  if (entry.type === 'record') return entry.severityNumber >= 13 ? 'warning' : 'record';
  return entry.orphan ? 'warning' : 'span';
}

function titleOf(trace: StoryTrace): string {
  if (trace.traceId === null) return `${plural(trace.entries.length, 'record')} outside of any trace`;
  const first = trace.entries.find((entry) => entry.type === 'span') ?? trace.entries[0];
  if (first === undefined) return '';
  const { segments } = first.type === 'span' ? spanFacts(first, []) : recordFacts(first);
  return plain(shortened(segments.slice(0, 1)));
}

function detailOf(entry: Entry): EntryDetail {
  const shared = {
    time: entry.time,
    resource: entry.resource,
    ...(entry.scope !== undefined && { scope: entry.scope }),
    attributes: entry.attributes,
    ...(entry.cut && { cut: entry.cut }),
  };
  if (entry.type === 'span') {
    const { spanId, parentSpanId, name, kind, status, statusMessage, links, orphan, otherOrder } = entry;
    return {
      ...shared,
      type: 'span',
      ...{ spanId, name, kind, status, links },
      ...(parentSpanId !== undefined && { parentSpanId }),
      ...(statusMessage !== undefined && { statusMessage }),
      ...(orphan && { orphan }),
      ...(otherOrder && { otherOrder }),
    };
  }
  const { spanId, severity, severityNumber, eventName, body } = entry;
  return {
    ...shared,
    type: 'record',
    ...{ severity, severityNumber, body },
    ...(spanId !== undefined && { spanId }),
    ...(eventName !== undefined && { eventName }),
  };
}

function shortened(segments: readonly Segment[]): Segment[] {
  let left = mostLineCharacters;
  const kept: Segment[] = [];
  for (const segment of segments) {
    if (left <= 0) break;
    const text = cut(segment.text, left);
    left -= text.length;
    kept.push(text === segment.text ? segment : { ...segment, text });
  }
  return kept;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${beginningOf(text, most)}…`;
}
