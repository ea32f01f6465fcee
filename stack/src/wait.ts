import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** How long to go on asking. Unit: milliseconds. */
  readonly timeoutMs: number;
  /** Pause between two questions. Unit: milliseconds; default 100. */
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks until the answer is true. Returns false when the time is over; throws the reason when the signal fires.
 * A question that throws counts as "not yet": what is waited for is usually not listening in the beginning.
 */
export async function waitUntil(question: () => Promise<boolean> | boolean, options: WaitOptions): Promise<boolean> {
  const endsAt = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await answerOf(question)) return true;
    if (Date.now() >= endsAt) return false;
    await sleep(options.intervalMs ?? 100);
  }
}

async function answerOf(question: () => Promise<boolean> | boolean): Promise<boolean> {
  try {
    return await question();
  } catch {
    return false;
  }
}
