import type { FoundStory, Hit } from './answer.js';
import type { TraceFacts } from './traces.js';

/**
 * Hits as stories: those of one order together, those of one trace where no order is named, and each by itself where there is no
 * trace either. A hit that names no order belongs to the one order of its trace.
 */
export function storiesOf(hits: readonly Hit[], facts: ReadonlyMap<string, TraceFacts>): FoundStory[] {
  const groups = Map.groupBy(hits, (hit) => keyOf(hit, facts));
  return [...groups].map(([key, own]) => {
    const orderId = orderOf(own[0], facts);
    const traceIds = [...new Set(own.flatMap((hit) => hit.traceId ?? []))];
    const known = traceIds.flatMap((traceId) => facts.get(traceId) ?? []);
    const times = own.map((hit) => hit.timeMs);
    const outside = own.filter((hit) => hit.traceId === undefined);
    return {
      key,
      ...(orderId !== undefined ? { asked: { orderId }, orderId } : traceIds[0] && { asked: { traceId: traceIds[0] } }),
      traceIds,
      services: [...new Set([...known.flatMap((trace) => trace.services), ...own.map((hit) => hit.service)])],
      startMs: Math.min(...times, ...known.map((trace) => trace.startMs)),
      endMs: Math.max(...times, ...known.map((trace) => trace.endMs)),
      errors:
        known.reduce((sum, trace) => sum + trace.errors, 0) + outside.filter((hit) => hit.severityNumber >= 17).length,
      hits: own,
    };
  });
}

function keyOf(hit: Hit, facts: ReadonlyMap<string, TraceFacts>): string {
  const order = orderOf(hit, facts);
  if (order !== undefined) return `order ${order}`;
  if (hit.traceId !== undefined) return `trace ${hit.traceId}`;
  return `record ${hit.time} ${hit.service} ${hit.body.slice(0, 100)}`;
}

function orderOf(hit: Hit | undefined, facts: ReadonlyMap<string, TraceFacts>): string | undefined {
  if (hit?.orderId !== undefined) return hit.orderId;
  const orders = hit?.traceId === undefined ? undefined : facts.get(hit.traceId)?.orders;
  return orders?.length === 1 ? orders[0] : undefined;
}
