import type { StoryView } from '../model.js';
import type { Choice } from '../rows.js';

/** The stretch of time that a row's bar is drawn in. */
export interface Stretch {
  readonly startMs: number;
  readonly lengthMs: number;
}

export interface Scale {
  /** For each trace. */
  readonly stretches: readonly Stretch[];
}

/** A trace's own time; that of the chosen span where it alone is shown; the whole story's in the timeline. */
export function scaleOf(view: StoryView, choice: Choice): Scale {
  const { startMs, endMs } = view.summary;
  const span = choice.scope === undefined ? undefined : view.rows.find((row) => row.id === choice.scope);
  const stretches = view.traces.map((trace, index): Stretch => {
    if (span?.trace === index) return stretch(span.timeMs, span.timeMs + (span.durationMs ?? 0));
    return choice.order === 'time' ? stretch(startMs, endMs) : stretch(trace.startMs, trace.endMs);
  });
  return { stretches };
}

function stretch(startMs: number, endMs: number): Stretch {
  return { startMs, lengthMs: Math.max(endMs - startMs, 0.001) };
}

/** Where something begins in a stretch, in percent from 0 to 100. */
export function shareOf({ startMs, lengthMs }: Stretch, timeMs: number): number {
  return Math.min(100, Math.max(0, ((timeMs - startMs) / lengthMs) * 100));
}
