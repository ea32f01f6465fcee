import { CallFailed, type Database, type Logger, Refusal } from '@hallmark/foundation';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { accountRoutes } from './account-routes.js';
import { orderRoutes } from './order-routes.js';
import { errorPage } from './pages/error.js';
import { homePage, materialsPage, modelsPage } from './pages/showroom.js';
import { STYLE } from './pages/style.js';
import type { ShopApi } from './shop-api.js';
import { sessionOf, visits } from './visit.js';

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The shop's pages. */
export function createShop(database: Database, shopApi: ShopApi, logger: Logger): Express {
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
  app.use(visits(database, logger.child({ label: 'visits' })));
  app.get('/', (_request, response) => void response.send(homePage(sessionOf(response))));
  app.get('/models', (_request, response) => void response.send(modelsPage(sessionOf(response))));
  app.get('/materials', (_request, response) => void response.send(materialsPage(sessionOf(response))));
  app.use(orderRoutes(shopApi, logger.child({ label: 'orders' })));
  app.use(accountRoutes(database, logger.child({ label: 'accounts' })));
  app.use(() => {
    throw new Refusal(404, 'there is no such page');
  });
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const { status, message } = answerTo(error);
    if (status >= 500) logger.error(`${request.method} ${request.path} failed`, { error });
    if (response.headersSent || response.destroyed) return void response.destroy();
    if (status === 401) return void response.redirect(303, '/login');
    request.resume();
    response.status(status).send(errorPage(response.locals.session, status, message));
  });
  return app;
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
