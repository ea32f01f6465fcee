import { faults, openLedger, openScene, randomFrom, wrongWith } from '@hallmark/collector';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const settleTimeoutMs = 10 * 60_000;

/** Plays faults in the order that the seed decides, under load, until the time is over. @returns the exit code */
export async function soak({ minutes, seed, say }: SoakOptions): Promise<number> {
  say(`seed ${seed}`);
  const scene = await openScene({ realTimes: true, onProgress: say });
  try {
    const random = randomFrom(seed);
    const ledger = openLedger(scene);
    const endsAt = Date.now() + minutes * 60_000;
    let played = 0;
    while (Date.now() < endsAt) {
      const fault = faults[Math.floor(random() * faults.length)];
      if (!fault) continue;
      say(`${fault.name} (${ledger.acknowledged} of ${ledger.sent} records acknowledged so far)`);
      await ledger.sendDuring(fault.play(scene));
      played++;
    }
    await ledger.send();
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
