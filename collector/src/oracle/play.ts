import type { NamedFault } from './faults.js';
import { openLedger, type Verdict } from './ledger.js';
import type { Scene } from './scene.js';

/** At most this share of the stored documents may be there twice. */
export const allowedDoubles = 0.001;

/** Plays a fault under load, waits until everything owed is stored, and sends a fresh record after it. */
export async function playUnderLoad(scene: Scene, fault: NamedFault, clockOffMs = 0): Promise<Verdict> {
  const ledger = openLedger({ otlp: scene.otlp, system: scene.system, clockOffMs });
  for (let request = 0; request < 5; request++) await ledger.send();
  await ledger.sendDuring(fault.play(scene));
  await ledger.settle(scene.admin());
  const before = ledger.acknowledged;
  await ledger.send();
  if (ledger.acknowledged === before) throw new Error(`after '${fault.name}' a fresh record is refused`);
  return ledger.settle(scene.admin());
}

/** What is wrong with a verdict, in words; empty when nothing is. */
export function wrongWith({ missing, unknown, doubles, acknowledged, found }: Verdict): string[] {
  const wrong: string[] = [];
  if (missing.length > 0)
    wrong.push(`${missing.length} of ${acknowledged} acknowledged records are missing: ${missing.slice(0, 5)}`);
  if (unknown.length > 0)
    wrong.push(`${unknown.length} stored records were never sent so: ${unknown.slice(0, 5).join('; ')}`);
  if (doubles > found * allowedDoubles) wrong.push(`${doubles} of ${found} records are stored twice`);
  return wrong;
}
