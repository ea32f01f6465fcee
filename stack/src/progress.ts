/** Takes one line of talk for the person who waits; never ends in a newline. */
export type OnProgress = (line: string) => unknown;

/** How often a step that takes long says that it goes on. Unit: milliseconds. */
export const progressIntervalMs = 3_000;

/** Says `line(elapsed seconds)` every few seconds until the work is done. */
export async function withTicks<T>(
  onProgress: OnProgress,
  line: (elapsedSeconds: number) => string,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  const ticks = setInterval(() => onProgress(line(Math.round((Date.now() - startedAt) / 1_000))), progressIntervalMs);
  try {
    return await work();
  } finally {
    clearInterval(ticks);
  }
}
