import { createHash, type Hash } from 'node:crypto';
import { CallFailed, type StoredModel, send } from '@hallmark/foundation';
import type { Measured } from './mesh.js';
import { ModelError } from './model-error.js';
import { measureStl } from './stl.js';

const FETCH_TIMEOUT_MS = 60_000;

/** Fetches a model from the file store and measures it while it arrives. Throws a ModelError where trying again is useless. */
export async function measureStored(storageUrl: string, model: StoredModel): Promise<Measured> {
  const file = await fetchFile(`${storageUrl}/files/${model.fileId}`);
  const sizeBytes = Number(file.headers.get('content-length'));
  const hash = createHash('sha256');
  const measured = await measureStl(hashed(file.body as AsyncIterable<Uint8Array>, hash), sizeBytes);
  if (hash.digest('hex') !== model.sha256) throw new Error(`file ${model.fileId} arrived with another checksum`);
  return measured;
}

async function fetchFile(url: string): Promise<Response> {
  try {
    return await send(url, {}, { timeoutMs: FETCH_TIMEOUT_MS });
  } catch (error) {
    if (error instanceof CallFailed && error.refused)
      throw new ModelError(`the model can't be fetched: ${error.message}`);
    throw error;
  }
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncIterable<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}
