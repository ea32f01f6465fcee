import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startTimeOf } from '../run/process-facts.js';

/** Pause between two looks at a lock that another process holds. Unit: milliseconds. */
const retryMs = 250;

/**
 * Does the work while holding a lock file. A lock whose holder is dead is taken over. In the rare case that two take over at
 * the same moment both work; what they make is renamed into place as a whole, so the cost is double work, nothing else.
 */
export async function withLock<T>(
  path: string,
  onWait: (holderPid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  let hasWaited = false;
  while (!(await tryLock(path))) {
    const holder = await holderOf(path);
    if (holder === undefined) {
      await rm(path, { force: true });
      continue;
    }
    if (!hasWaited) onWait(holder);
    hasWaited = true;
    await sleep(retryMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) }));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<number | undefined> {
  // A lock that is empty was created this moment: look again before calling its holder dead.
  for (let look = 0; look < 3; look += 1) {
    try {
      const { pid, startTime } = JSON.parse(await readFile(path, 'utf8')) as { pid: number; startTime: string };
      return isAlive(pid, startTime) ? pid : undefined;
    } catch {
      await sleep(retryMs);
    }
  }
  return undefined;
}
