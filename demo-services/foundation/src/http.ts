import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { CallFailed } from './call-failed.js';
import type { Life } from './life.js';
import type { Logger } from './logger.js';
import { Refusal } from './refusal.js';
import { environmentNumber } from './variables.js';

const DRAIN_MS = 5_000;
/** Node's 5 s end a connection under the hands of a caller that was busy for 3 s: a request on it fails, and no POST is repeated. */
const KEEP_ALIVE_MS = 65_000;

export type Handler = (request: Request, response: Response) => Promise<unknown> | unknown;

/** An application that speaks JSON: the routes given, `GET /health`, and every error as `{ error: message }`. */
export function createApi(logger: Logger, routes: Router): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.use(routes);
  app.use(
    (request, response) => void response.status(404).json({ error: `there is no ${request.method} ${request.path}` }),
  );
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    answerError(logger, error, request, response),
  );
  return app;
}

/** Listens on `PORT` (default: a free one) of `HOST` (default 127.0.0.1) until the service stops, then drains. */
export async function listen(app: Express, logger: Logger, life: Life): Promise<void> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  server.listen(environmentNumber('PORT', 0), process.env.HOST || '127.0.0.1');
  await once(server, 'listening');
  life.onStop('the HTTP server', () => close(server));
  const address = server.address();
  logger.info(`listening on port ${typeof address === 'object' ? address?.port : address}`);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const patience = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(patience);
}

function answerError(logger: Logger, error: unknown, request: Request, response: Response): void {
  const status = statusOf(error);
  if (status >= 500) logger.error(`${request.method} ${request.path} failed`, { error });
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // A sender reads the answer only when it has got rid of its upload.
  request.resume();
  response.status(status).json({ error: status < 500 ? (error as Error).message : publicMessage(status) });
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  if (error instanceof CallFailed) return error.refused ? (error.status ?? 502) : 502;
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function publicMessage(status: number): string {
  return status === 502 ? 'a service behind this one did not answer; try again' : 'internal error';
}
