import { CallFailed, type Logger, Refusal } from '@hallmark/foundation';
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import { STYLE } from './style.js';

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What an application of pages shows of an error. */
export interface Shown {
  status: number;
  title: string;
  message: string;
}

/**
 * An application that speaks HTML to people: the routes given, `GET /health`, the style sheet, the headers that keep pages safe, and
 * every error as a page. Whoever has to log in first (401) is sent to `/login`.
 */
export function createPages(
  logger: Logger,
  routes: Router,
  errorPage: (response: Response, shown: Shown) => string,
): Express {
  const app = express();
  app.disable('x-powered-by');
  // The visitor's address is the one that a reverse proxy on this machine saw.
  app.set('trust proxy', 'loopback');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.get(
    '/style.css',
    (_request, response) => void response.type('css').set('Cache-Control', 'max-age=3600').send(STYLE),
  );
  app.get('/favicon.ico', (_request, response) => void response.status(204).end());
  app.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    response.type('html');
    next();
  });
  app.use(routes);
  app.use(() => {
    throw new Refusal(404, 'there is no such page');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const { status, message } = answerTo(error);
    if (status >= 500) logger.error(`${request.method} ${request.path} failed`, { error });
    if (response.headersSent || response.destroyed) return void response.destroy();
    if (status === 401) return void response.redirect(303, '/login');
    request.resume();
    response.status(status).send(errorPage(response, { status, title: titleOf(status), message }));
  });
  return app;
}

function titleOf(status: number): string {
  if (status === 404) return 'Not found';
  return status < 500 ? 'That did not work' : 'Sorry';
}

function answerTo(error: unknown): { status: number; message: string } {
  if (error instanceof Refusal) return error;
  if (error instanceof CallFailed) {
    if (error.refused) return { status: error.status ?? 502, message: error.message };
    return { status: 502, message: 'we could not reach our workshop; please try again in a moment' };
  }
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, message: String(message) };
  return { status: 500, message: 'something went wrong on our side; please try again' };
}
