import { open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** The queue is a bbolt database; its first two pages each hold the numbers by which the rest is found. Pages are the system's. */
const secondPageAt = [4_096, 8_192, 16_384, 65_536];
const pageHeaderSize = 16;
const magic = 0xed0cdaed;
/** From the magic to the checksum (FNV-1a, 64 bits), which closes it. Unit: bytes. */
const checkedSize = 56;

const longestBeginning = 65_536 + 4_096;

const damaged = /\.backup$/;

/** Files of the queue that were found damaged at some start, and set aside: by the collector or by `setAsideUnreadable`. */
export async function damagedFilesOf(queueFolder: string): Promise<string[]> {
  return (await readdir(queueFolder)).filter((name) => damaged.test(name)).sort();
}

/**
 * Renames queue files that the collector would refuse to start with: those of which neither first page is whole. Any other damage it
 * finds itself, and sets the file aside under the same kind of name (file_storage.recreate).
 * @returns the new names
 */
export async function setAsideUnreadable(queueFolder: string, now = new Date()): Promise<string[]> {
  const setAside: string[] = [];
  for (const name of await readdir(queueFolder)) {
    if (!name.startsWith('exporter_') || damaged.test(name)) continue;
    if (await canBeOpened(join(queueFolder, name))) continue;
    const aside = `${name}.${now.toISOString().slice(0, -1)}.backup`;
    await rename(join(queueFolder, name), join(queueFolder, aside));
    setAside.push(aside);
  }
  return setAside;
}

/** An empty file counts: a database is made of it. */
async function canBeOpened(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestBeginning), position: 0 });
    if (bytesRead === 0) return true;
    return [0, ...secondPageAt].some((page) => isWhole(buffer.subarray(0, bytesRead), page + pageHeaderSize));
  } finally {
    await file.close();
  }
}

function isWhole(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + checkedSize + 8 || bytes.readUInt32LE(at) !== magic) return false;
  return bytes.readBigUInt64LE(at + checkedSize) === fnv1a(bytes.subarray(at, at + checkedSize));
}

function fnv1a(bytes: Buffer): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
