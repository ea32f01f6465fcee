import { pipeline } from 'node:stream/promises';
import { FILE_ID, type LoggedEvent, type Logger, Refusal } from '@hallmark/foundation';
import { type Request, Router } from 'express';
import type { FileStore } from './store.js';

/** `PUT /files/:fileId` stores the body, `GET /files/:fileId` gives it back. */
export function fileRoutes(store: FileStore, logger: Logger): Router {
  const routes = Router();

  routes.put('/files/:fileId', async (request, response) => {
    const fileId = fileIdOf(request);
    logger.info('file processing started', {
      event: 'file.processing_started',
      'file.id': fileId,
    } satisfies LoggedEvent);
    const startedMs = performance.now();
    const finished = (result: string, size: number) =>
      logger.info(`file processing finished: ${result}`, {
        event: 'file.processing_finished',
        'file.id': fileId,
        'file.processing.duration': (performance.now() - startedMs) / 1000,
        'file.size': size,
        result,
      });
    try {
      const stored = await store.put(fileId, request);
      finished('stored', stored.sizeBytes);
      response.status(201).json({ fileId, ...stored });
    } catch (error) {
      finished(error instanceof Refusal ? 'refused' : 'failed', 0);
      throw error;
    }
  });

  routes.get('/files/:fileId', async (request, response) => {
    const fileId = fileIdOf(request);
    const file = await store.open(fileId);
    response.set({ 'Content-Type': 'model/stl', 'Content-Length': String(file.sizeBytes), ETag: `"${file.sha256}"` });
    await pipeline(file.content, response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      logger.info('the reader went away before the end', { 'file.id': fileId });
    });
  });

  return routes;
}

function fileIdOf(request: Request): string {
  const { fileId } = request.params;
  if (typeof fileId === 'string' && FILE_ID.test(fileId)) return fileId;
  throw new Refusal(400, 'a file id is a lower-case UUID');
}
