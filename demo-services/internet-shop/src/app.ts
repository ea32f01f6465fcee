import type { Database, Logger } from '@hallmark/foundation';
import { createPages, type ShopApi } from '@hallmark/pages';
import { type Express, Router } from 'express';
import { accountRoutes } from './account-routes.js';
import { orderRoutes } from './order-routes.js';
import { errorPage } from './pages/error.js';
import { homePage, materialsPage, modelsPage } from './pages/showroom.js';
import { sessionOf, visits } from './visit.js';

/** The shop's pages. */
export function createShop(database: Database, shopApi: ShopApi, logger: Logger): Express {
  const routes = Router();
  routes.use(visits(database, logger.child({ label: 'visits' })));
  routes.get('/', (_request, response) => void response.send(homePage(sessionOf(response))));
  routes.get('/models', (_request, response) => void response.send(modelsPage(sessionOf(response))));
  routes.get('/materials', (_request, response) => void response.send(materialsPage(sessionOf(response))));
  routes.use(orderRoutes(shopApi, logger.child({ label: 'orders' })));
  routes.use(accountRoutes(database, logger.child({ label: 'accounts' })));
  return createPages(logger, routes, (response, shown) => errorPage(response.locals.session, shown));
}
