import { rename, rm, stat } from 'node:fs/promises';

const LARGEST_BYTES = 10 * 1024 * 1024;
const LOOK_EVERY_MS = 5_000;
const KEPT_FILES = 5;

/**
 * Looks at a log from time to time, and turns it when it has 10 MB: the server that writes it does not do so by itself.
 * @returns ends that
 */
export function keepShort(file: string, pid: () => number | undefined): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= turnWhenLong(file, pid, LARGEST_BYTES).finally(() => {
      looking = undefined;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** Renames a log that is that long, and has its writer begin a new one (SIGHUP). The five before are kept, the newest as `.1`. */
export async function turnWhenLong(file: string, pid: () => number | undefined, largestBytes: number): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const writer = pid();
  if (size < largestBytes || writer === undefined) return;
  await rm(`${file}.${KEPT_FILES}`, { force: true });
  for (let number = KEPT_FILES - 1; number > 0; number--) {
    // Fewer may have been kept so far.
    await rename(`${file}.${number}`, `${file}.${number + 1}`).catch(() => undefined);
  }
  await rename(file, `${file}.1`);
  process.kill(writer, 'SIGHUP');
}
