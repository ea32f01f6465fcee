import { type FileHandle, open } from 'node:fs/promises';

/*
 * The queue is a bbolt database (go.etcd.io/bbolt 1.4, internal/common/page.go and meta.go): pages, each with its own number at its
 * beginning; the first two say where the rest is. The collector notices some damage when it opens the file, and ends by a panic on the
 * rest when it reads it: 2 of 5 files that were cut in half kept it from starting.
 */
const possiblePageSizes = [4_096, 8_192, 16_384, 65_536];
const magic = 0xed0cdaed;
const pageHeaderSize = 16;
const elementSize = 16;
/** Of a meta page, from the magic to the checksum (FNV-1a, 64 bits), which closes it. Unit: bytes. */
const checkedSize = 56;
const kinds = { branch: 1, leaf: 2 };
const isBucket = 1;
const longestBeginning = 65_536 + 4_096;

interface Meta {
  readonly pageSize: number;
  readonly root: number;
  /** One more than the highest page in use. */
  readonly pages: number;
  readonly transaction: bigint;
}

/** Whether all that the newest transaction refers to is there. An empty file counts: a database is made of it. */
export async function isWholeDatabase(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const meta = await newestMeta(file);
    return meta !== undefined && meta.pages * meta.pageSize <= size && (await arePagesWhole(file, meta));
  } finally {
    await file.close();
  }
}

async function newestMeta(file: FileHandle): Promise<Meta | undefined> {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestBeginning), position: 0 });
  const metas = [0, ...possiblePageSizes].map((page) => readMeta(buffer.subarray(0, bytesRead), page + pageHeaderSize));
  return metas
    .filter((meta) => meta !== undefined)
    .reduce<Meta | undefined>((a, b) => (a && a.transaction > b.transaction ? a : b), undefined);
}

function readMeta(bytes: Buffer, at: number): Meta | undefined {
  if (bytes.length < at + checkedSize + 8 || bytes.readUInt32LE(at) !== magic) return undefined;
  if (bytes.readBigUInt64LE(at + checkedSize) !== fnv1a(bytes.subarray(at, at + checkedSize))) return undefined;
  return {
    pageSize: bytes.readUInt32LE(at + 8),
    root: Number(bytes.readBigUInt64LE(at + 16)),
    pages: Number(bytes.readBigUInt64LE(at + 40)),
    transaction: bytes.readBigUInt64LE(at + 48),
  };
}

/** Walks from the root to every page that is referred to; of long values only the beginning is read. */
async function arePagesWhole(file: FileHandle, { pageSize, root, pages }: Meta): Promise<boolean> {
  const seen = new Set<number>();
  for (const waiting = [root]; waiting.length > 0; ) {
    const id = waiting.pop() ?? 0;
    if (id < 2 || id >= pages || seen.has(id)) return false;
    seen.add(id);
    const { buffer: header } = await file.read({ buffer: Buffer.alloc(pageHeaderSize), position: id * pageSize });
    const kind = header.readUInt16LE(8);
    const overflow = header.readUInt32LE(12);
    if (Number(header.readBigUInt64LE(0)) !== id || id + overflow >= pages) return false;
    if (kind !== kinds.branch && kind !== kinds.leaf) return false;
    const elements = { at: id * pageSize + pageHeaderSize, count: header.readUInt16LE(10) };
    const below = await pagesBelow(file, elements, kind, (id + overflow + 1) * pageSize);
    if (!below) return false;
    waiting.push(...below);
  }
  return true;
}

/** The pages that a page refers to, or undefined where an element points out of the page, which ends at `end`. */
async function pagesBelow(
  file: FileHandle,
  { at, count }: { at: number; count: number },
  kind: number,
  end: number,
): Promise<number[] | undefined> {
  if (at + count * elementSize > end) return undefined;
  const { buffer } = await file.read({ buffer: Buffer.alloc(count * elementSize), position: at });
  const below: number[] = [];
  for (let offset = 0; offset < buffer.length; offset += elementSize) {
    const [first, second, third, fourth] = [0, 4, 8, 12].map((field) => buffer.readUInt32LE(offset + field)) as [
      number,
      number,
      number,
      number,
    ];
    if (kind === kinds.branch) {
      if (at + offset + first + second > end) return undefined;
      below.push(Number(buffer.readBigUInt64LE(offset + 8)));
      continue;
    }
    const value = at + offset + second + third;
    if (value + fourth > end) return undefined;
    if (first !== isBucket) continue;
    const { buffer: bucket } = await file.read({ buffer: Buffer.alloc(8), position: value });
    const root = Number(bucket.readBigUInt64LE(0));
    // A small bucket stands in its parent's page.
    if (root !== 0) below.push(root);
  }
  return below;
}

function fnv1a(bytes: Buffer): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
