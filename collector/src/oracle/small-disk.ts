import { access, appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Run, type SupervisedProcess, waitUntil } from '@hallmark/stack';

export interface SmallDisk {
  /** A folder on it, as every process of this user sees it. */
  readonly folder: string;
  /** Takes all the room that is left. */
  fill(): Promise<void>;
  unmount(): Promise<void>;
}

/**
 * A real file system of a few MiB in memory. It is mounted in a mount namespace of its own, which needs no rights on this machine, and
 * is reached through /proc; it is gone with the process that holds the namespace. Linux only.
 */
export async function mountSmallDisk(run: Run, mebibytes: number): Promise<SmallDisk> {
  const point = join(run.folder, `small-disk-${Date.now()}`);
  await mkdir(point, { mode: 0o700 });
  const script = 'mount -t tmpfs -o size="$1"m,mode=0700 tmpfs "$0" && mkdir "$0/queue" && exec sleep infinity';
  const holder: SupervisedProcess = await run.spawn({
    name: 'small-disk',
    command: 'unshare',
    args: ['--mount', '--map-root-user', 'sh', '-c', script, point, String(mebibytes)],
    stopTimeoutMs: 1_000,
  });
  const folder = join('/proc', String(holder.pid), 'root', point, 'queue');
  const isThere = await waitUntil(() => access(folder).then(() => true), { timeoutMs: 20_000 });
  if (!isThere) throw new Error('no small file system could be mounted with unshare(1)');
  return {
    folder,
    fill: () => takeAll(join(folder, '..', 'somebody-else')),
    unmount: async () => void (await holder.stop()),
  };
}

/** Writes until the system says that the disk is full. */
async function takeAll(file: string): Promise<void> {
  for (const size of [1_048_576, 4_096]) {
    for (;;) {
      const isFull = await appendFile(file, Buffer.alloc(size)).then(
        () => false,
        (error: NodeJS.ErrnoException) => error.code === 'ENOSPC',
      );
      if (isFull) break;
    }
  }
}
