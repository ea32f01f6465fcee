import { constants } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { oneLine, StackError } from '../failure.js';
import type { OnProgress } from '../progress.js';
import { cacheFolder } from './folder.js';
import { withLock } from './lock.js';

export interface CacheOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

/**
 * The path of an entry of the cache, made first if it isn't there. `make` fills a temporary path, which is then renamed: an entry is
 * there as a whole or not at all. What fails leaves nothing behind. Two runs at once make it once.
 *
 * @param name file or folder name within the cache; holds the version, because an entry never changes
 */
export async function cached(
  name: string,
  options: CacheOptions,
  make: (temporaryPath: string) => Promise<void>,
): Promise<string> {
  const target = join(cacheFolder(options.env), name);
  if (await exists(target)) return target;
  await makeWritable(dirname(target));
  const onWait = (pid: number) => options.onProgress(`${name}: waiting for process ${pid}, which is making it`);
  return withLock(`${target}.lock`, onWait, async () => {
    if (!(await exists(target))) await makeWhole(target, make);
    return target;
  });
}

/** The path of an entry that is there; undefined when it would have to be made. */
export async function findCached(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = join(cacheFolder(env), name);
  return (await exists(path)) ? path : undefined;
}

async function makeWhole(target: string, make: (temporaryPath: string) => Promise<void>): Promise<void> {
  await removePartials(target);
  const temporary = `${target}.${process.pid}.partial`;
  try {
    await make(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** What a killed run left: the lock is ours, so nobody works on these. */
async function removePartials(target: string): Promise<void> {
  const folder = dirname(target);
  const mine = (name: string) => name.startsWith(`${basename(target)}.`) && name.endsWith('.partial');
  for (const name of (await readdir(folder)).filter(mine))
    await rm(join(folder, name), { recursive: true, force: true });
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new StackError(
      `the cache folder ${folder} can't be written (${oneLine(error)}): set HALLMARK_CACHE to a folder that can`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
