import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runFolderPrefix } from './process-facts.js';

/**
 * Makes the folder of one run. Mode 711: the server that runs as an unprivileged user must be able to pass through to its own
 * folder inside; nobody else can list it.
 */
export async function makeRunFolder(): Promise<string> {
  const folder = await mkdtemp(join(await folderOfRuns(), runFolderPrefix));
  await chmod(folder, 0o711);
  return folder;
}

export async function removeRunFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Longer ones leave no room for the name of a unix socket, which may have 107 characters. */
const longestParent = 60;

/**
 * The system's folder for temporary files, unless an unprivileged user could not reach it (TMPDIR below a 0700 home), or scripts
 * and sockets below it would not bear its name.
 */
export async function folderOfRuns(): Promise<string> {
  const preferred = tmpdir();
  const isPlain = preferred.length <= longestParent && !/\s/.test(preferred);
  return isPlain && (await everyoneMayPass(preferred)) ? preferred : '/tmp';
}

async function everyoneMayPass(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  return dirname(folder) === folder || everyoneMayPass(dirname(folder));
}
