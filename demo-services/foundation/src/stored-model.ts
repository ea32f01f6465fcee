import { z } from 'zod';
import { FILE_ID } from './order-id.js';

/** A model in the file store, with the checksum by which the reader sees that it is the same. */
export const storedModel = z.object({
  fileId: z.string().regex(FILE_ID),
  sizeBytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type StoredModel = z.infer<typeof storedModel>;
