import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bytesPerBlock = 512;

/**
 * Makes the files of the collector's queue take their room on the disk now. A queue that meets a full disk while it is read loses what it
 * reads: it can't write down that it does. What it has not used yet, fallocate(1) leaves as it is, whatever the collector does meanwhile.
 * @param bytes of each file, one a signal
 * @returns false when the disk has no room for it, or the files are not there yet
 */
export async function reserveQueue(folder: string, bytes: number): Promise<boolean> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('exporter_') && !name.endsWith('.backup'));
  for (const name of files) {
    const path = join(folder, name);
    if ((await stat(path)).blocks * bytesPerBlock >= bytes) continue;
    const isDone = await run('fallocate', ['--length', String(bytes), path]).then(
      () => true,
      () => false,
    );
    if (!isDone) return false;
  }
  return files.length > 0;
}
