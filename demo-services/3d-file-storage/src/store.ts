import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FILE_ID, Refusal } from '@hallmark/foundation';

export interface StoredFile {
  sizeBytes: number;
  /** Of the content, 64 hexadecimal digits. */
  sha256: string;
}

export interface FileStore {
  /** Stores the whole stream or nothing of it. Refuses what is empty (400) or larger than the limit (413). */
  put(fileId: string, content: Readable): Promise<StoredFile>;
  /** Refuses an unknown file (404). */
  open(fileId: string): Promise<StoredFile & { content: Readable }>;
}

/** Files on disk, each with its checksum beside it. Makes the folder where it is missing. */
export async function openFileStore(folder: string, limitBytes: number): Promise<FileStore> {
  await mkdir(folder, { recursive: true });
  const pathOf = (fileId: string) => {
    // The id becomes a file's name: nothing but a UUID may, whoever calls.
    if (!FILE_ID.test(fileId)) throw new Refusal(400, 'a file id is a lower-case UUID');
    return join(folder, fileId);
  };

  return {
    async put(fileId, content) {
      const path = pathOf(fileId);
      const part = `${path}.${randomUUID()}.part`;
      try {
        const stored = await write(part, content, limitBytes);
        await writeFile(`${path}.sha256`, stored.sha256);
        await rename(part, path);
        return stored;
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },

    async open(fileId) {
      const path = pathOf(fileId);
      try {
        const sha256 = await readFile(`${path}.sha256`, 'utf8');
        const { size } = await stat(path);
        const file = await open(path);
        return { sizeBytes: size, sha256, content: file.createReadStream() };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Refusal(404, `there is no file ${fileId}`);
        throw error;
      }
    },
  };
}

async function write(path: string, content: Readable, limitBytes: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx');
  try {
    // Refused half-way, the stream stays open: the sender must be able to read the answer.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw new Refusal(413, `a file may have ${limitBytes} bytes at most`);
      hash.update(chunk);
      await file.write(chunk);
    }
    if (sizeBytes === 0) throw new Refusal(400, 'the file is empty');
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
