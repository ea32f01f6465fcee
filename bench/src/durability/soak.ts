import { faults, type NamedFault, openLedger, openScene, randomFrom, shuffled, wrongWith } from '@hallmark/collector';

export interface SoakOptions {
  readonly minutes: number;
  /** Words of the names of the faults that are played, each once; default: all, in random order, until the time is over. */
  readonly fault: string | undefined;
  /** How long a fault lasts that keeps the collector waiting. Unit: minutes; default 1. */
  readonly holdMinutes: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const settleTimeoutMs = 10 * 60_000;

/** Plays faults under load with the time-outs that users have. @returns the exit code */
export async function soak({ minutes, fault, holdMinutes, seed, say }: SoakOptions): Promise<number> {
  const chosen = faults.filter(({ name }) => name.includes(fault ?? ''));
  if (chosen.length === 0)
    throw new Error(
      `--fault ${fault}: no fault has these words; they are: ${faults.map(({ name }) => name).join('; ')}`,
    );
  say(`seed ${seed}`);
  const scene = await openScene({ realTimes: true, holdMs: holdMinutes * 60_000, onProgress: say });
  try {
    const ledger = openLedger(scene);
    const endsAt = Date.now() + minutes * 60_000;
    const order = shuffled(chosen, randomFrom(seed));
    let played = 0;
    while (fault === undefined ? Date.now() < endsAt : played < order.length) {
      const next = order[played++ % order.length] as NamedFault;
      say(`${next.name} (${ledger.acknowledged} of ${ledger.sent} records acknowledged so far)`);
      await ledger.sendDuring(next.play(scene));
    }
    await ledger.send();
    say(`all faults are mended, ${ledger.acknowledged} of ${ledger.sent} records are acknowledged; looking for them`);
    const verdict = await ledger.settle(scene.admin(), settleTimeoutMs);
    const { missing, unknown, doubles, acknowledged, found } = verdict;
    process.stdout.write(
      `${played} faults, seed ${seed}: ${acknowledged} acknowledged, ${found} found, ${missing.length} missing, ${unknown.length} unknown, ${doubles} doubles\n`,
    );
    for (const line of wrongWith(verdict)) say(line);
    return wrongWith(verdict).length === 0 ? 0 : 1;
  } finally {
    await scene.close();
  }
}
