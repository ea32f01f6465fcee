import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 250;

/**
 * Repeats a check until it stops throwing, and returns what it returned.
 * @param withinMs bound, default 30 s; the last failure is thrown when it is over.
 */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 30_000): Promise<T> {
  const deadlineMs = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadlineMs) throw error;
      await pause(pollMs);
    }
  }
}
