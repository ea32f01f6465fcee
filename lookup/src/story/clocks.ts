import type { SpanDocument } from '../store/documents.js';
import type { Note } from './story.js';

/** Below this, services on one machine differ by how they read their clocks. */
const noticeableSkewMs = 5;

/**
 * Services whose clocks can't agree: a span that starts before the one that called it, or a call that is over before its
 * server began. Nothing is corrected, the order of the story rests on parents and so is right all the same.
 */
export function clockNotes(spans: readonly SpanDocument[]): Note[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const worst = new Map<string, { service: string; caller: string; skewMs: number }>();
  for (const span of spans) {
    const caller = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId);
    if (!caller || caller.service === span.service) continue;
    const skewMs = leastSkewMs(caller, span);
    const pair = JSON.stringify([span.service, caller.service]);
    if (Math.abs(skewMs) > Math.max(noticeableSkewMs, Math.abs(worst.get(pair)?.skewMs ?? 0))) {
      worst.set(pair, { service: span.service, caller: caller.service, skewMs });
    }
  }
  return [...worst.values()].map(({ service, caller, skewMs }) => ({
    kind: 'clock-skew',
    text: `the clock of ${service} is at least ${seconds(Math.abs(skewMs))} ${skewMs < 0 ? 'behind' : 'ahead of'} that of ${caller}; times are shown as they were written`,
  }));
}

/** By how much the callee's clock must be off at least: negative is behind, 0 is possible as it stands. */
function leastSkewMs(caller: SpanDocument, callee: SpanDocument): number {
  if (callee.timeMs < caller.timeMs) return callee.timeMs - caller.timeMs;
  const waits = caller.kind === 'client' && callee.kind === 'server' && callee.durationMs <= caller.durationMs;
  const callerEndMs = caller.timeMs + caller.durationMs;
  return waits && callee.timeMs > callerEndMs ? callee.timeMs + callee.durationMs - callerEndMs : 0;
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
