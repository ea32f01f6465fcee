import { isRefusal } from '../access/access.js';
import type { TailBatch } from '../tail/tail.js';
import type { Journal } from './journal.js';
import type { Look } from './record.js';

/** A tail can run for hours: who looks is written at its start, every ten minutes while it shows something, and at its end. */
const everyMs = 600_000;

/**
 * The batches of a tail, the first one only after it is written who looks: as granted when Elasticsearch gave one, else as denied.
 */
export async function* recordedTail(
  batches: AsyncGenerator<TailBatch, void, undefined>,
  journal: Journal,
  query: string,
): AsyncGenerator<TailBatch, void, undefined> {
  let shown = { orders: new Set<string>(), count: 0 };
  const look = (kind: Look['kind']): Look => ({ kind, asked: query, orders: [...shown.orders], count: shown.count });
  const tell = async (kind: Look['kind']) => {
    await journal.granted(look(kind));
    shown = { orders: new Set(), count: 0 };
  };
  const first = await batches.next().catch(async (error: unknown) => {
    if (isRefusal(error)) await journal.refused(look('tail'));
    throw error;
  });
  await tell('tail');
  let toldMs = Date.now();
  try {
    for (let next = first; !next.done; next = await batches.next()) {
      const batch = next.value;
      if (Date.now() - toldMs >= everyMs) {
        await tell('tail');
        toldMs = Date.now();
      }
      for (const hit of batch.hits) {
        shown.count += 1;
        if (hit.orderId !== undefined) shown.orders.add(hit.orderId);
      }
      yield batch;
    }
  } finally {
    await batches.return();
    await journal.granted(look('tail-end'));
  }
}
