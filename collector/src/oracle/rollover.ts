import { waitUntil } from '@hallmark/stack';
import { ask } from '../store.js';
import { openLedger, type Verdict } from './ledger.js';
import type { Scene } from './scene.js';

const patienceMs = 60_000;
/** What is doubled: few, since it is a share of all that is stored in a test of some minutes. */
export const underWay = 2;

/**
 * The one way to a double: Elasticsearch stores a request, its answer is lost, and before it is repeated the stream begins a new index,
 * which knows nothing of the ids of the old one. Nothing else is under way, so that what may be doubled is known.
 * @returns the verdict once the repeat is stored
 */
export async function playRollover({ proxy, admin, otlp, system, stream }: Scene): Promise<Verdict> {
  const ledger = openLedger({ otlp, system, itemsARequest: underWay });
  await ledger.send();
  await ledger.settle(admin());
  proxy.set({ kind: 'lost answer' });
  const status = await ledger.send();
  const isStored = async () => proxy.met >= 1 && (await ledger.settle(admin(), 0)).missing.length === 0;
  if (status !== 200 || !(await waitUntil(isStored, { timeoutMs: patienceMs })))
    throw new Error(`nothing was stored whose answer could be lost: ${status}`);
  const rolledOver = await ask(admin(), 'POST', `/${stream}/_rollover`);
  if (!rolledOver.ok) throw new Error(await rolledOver.text());
  proxy.set({ kind: 'none' });
  const isRepeated = async () => (await ledger.settle(admin(), 0)).doubles > 0;
  if (!(await waitUntil(isRepeated, { timeoutMs: patienceMs }))) throw new Error('nothing was repeated');
  await ledger.send();
  return ledger.settle(admin());
}
