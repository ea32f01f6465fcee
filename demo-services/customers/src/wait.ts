import { setTimeout as sleep } from 'node:timers/promises';

/** People look again after a moment, and after a longer one when there is nothing new. */
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 3_000;
const PAUSE_GROWTH = 1.5;

export interface Wait {
  what: string;
  timeoutMs: number;
  /** Returns the value that was waited for, or undefined for "not yet". */
  ready(): Promise<string | undefined>;
}

/** Asks again and again; throws when the time is over. */
export async function waitUntil({ what, timeoutMs, ready }: Wait): Promise<string> {
  const endMs = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, LONGEST_PAUSE_MS)) {
    await sleep(pauseMs);
    const value = await ready();
    if (value !== undefined) return value;
    if (performance.now() > endMs) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`);
  }
}
