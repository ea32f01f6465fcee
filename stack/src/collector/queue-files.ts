import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isWholeDatabase } from './queue-database.js';

const damaged = /\.backup$/;

/** Files of the queue that were found damaged at some start, and set aside: by the collector or by `setAsideUnreadable`. */
export async function damagedFilesOf(queueFolder: string): Promise<string[]> {
  return (await readdir(queueFolder)).filter((name) => damaged.test(name)).sort();
}

/**
 * Renames queue files that the collector would refuse to start with, or that would end it. What it finds by itself it sets aside under
 * the same kind of name (file_storage.recreate).
 * @returns the new names
 */
export async function setAsideUnreadable(queueFolder: string, now = new Date()): Promise<string[]> {
  const setAside: string[] = [];
  for (const name of await readdir(queueFolder)) {
    if (!name.startsWith('exporter_') || damaged.test(name)) continue;
    if (await isWholeDatabase(join(queueFolder, name))) continue;
    const aside = `${name}.${now.toISOString().slice(0, -1)}.backup`;
    await rename(join(queueFolder, name), join(queueFolder, aside));
    setAside.push(aside);
  }
  return setAside;
}
