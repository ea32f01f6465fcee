import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** Folders and programs may be entered and run by everybody, files be read: the server may have to run as another user. */
const folderMode = 0o755;
const programMode = 0o755;
const fileMode = 0o644;

/** Unpacks a zip file whose entries all lie in one top folder; that folder's content becomes `target`. */
export async function unzipTopFolder(zipFile: string, target: string): Promise<void> {
  const zip = await openPromise(zipFile, { lazyEntries: true, autoClose: false });
  try {
    await makeFolder(target);
    for await (const entry of zip.eachEntry()) {
      const path = join(target, withinTop(entry.fileName));
      if (entry.fileName.endsWith('/')) await makeFolder(path);
      else await unpack(zip, entry, path);
    }
  } finally {
    zip.close();
  }
}

function withinTop(name: string): string {
  const path = normalize(name.slice(name.indexOf('/') + 1));
  if (path.startsWith(`..${sep}`) || path.startsWith(sep)) throw new Error(`zip entry ${name} leads out of its folder`);
  return path;
}

async function unpack(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  // Unix permissions are in the upper half of the external attributes (PKWARE APPNOTE 4.4.15).
  const isProgram = ((entry.externalFileAttributes >>> 16) & 0o100) !== 0;
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
  await chmod(path, isProgram ? programMode : fileMode);
}

/** Sets the mode on its own: the user's umask would narrow it. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, folderMode);
}
