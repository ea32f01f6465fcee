import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../wait.js';
import { endProcesses } from './end-processes.js';
import { folderOfRuns, removeRunFolder } from './folder.js';
import { removeOwnFile } from './own-file.js';
import { runFolderPrefix } from './process-facts.js';
import { isOrphan, lives, type RunRecord, readRunRecord } from './run-record.js';

/** How long a reaper that is at work may take before the sweep does its work. Unit: milliseconds. */
const reaperTimeMs = 15_000;

/** Ends and removes what runs of this user left behind whose starter and reaper are both dead. */
export async function sweepDeadRuns(): Promise<void> {
  const parent = await folderOfRuns();
  const names = (await readdir(parent)).filter((name) => name.startsWith(runFolderPrefix));
  await Promise.all(names.map((name) => sweep(join(parent, name))));
}

async function sweep(folder: string): Promise<void> {
  const record = await recordOf(folder);
  if (record === undefined || !isOrphan(record)) return;
  // Two at the same folder would only disturb each other.
  await waitUntil(() => !lives(record.reaper), { timeoutMs: reaperTimeMs });
  await endProcesses(folder, []);
  for (const path of record.files) await removeOwnFile(path, folder);
  await removeRunFolder(folder);
}

async function recordOf(folder: string): Promise<RunRecord | undefined> {
  const facts = await stat(folder).catch(() => undefined);
  // In a folder that everybody may write to, only what this user made is believed.
  return facts?.isDirectory() && facts.uid === process.getuid?.() ? readRunRecord(folder) : undefined;
}
