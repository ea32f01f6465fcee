import type { Logger } from '@hallmark/foundation';
import { type Express, Router } from 'express';
import { createPages } from '../app.js';
import { html } from '../html.js';
import type { StaffApi } from './api.js';
import { staffPage } from './pages.js';
import { staffAccountRoutes } from './routes.js';
import { staffSessions } from './session.js';

export interface StaffApplication {
  /** Shown on top of every page. */
  brand: string;
  api: StaffApi;
  logger: Logger;
  /** What this application is for. */
  orders: Router;
}

/** An application of pages for staff: accounts and sessions, and the routes about orders. */
export function createStaffPages({ brand, api, logger, orders }: StaffApplication): Express {
  const routes = Router();
  routes.use(staffSessions(api));
  routes.use(orders);
  routes.use(staffAccountRoutes(brand, api, logger.child({ label: 'accounts' })));
  return createPages(logger, routes, (response, { title, message }) => {
    const content = html`<p class="error">${message}</p><p><a href="/orders">Back to the orders</a></p>`;
    return staffPage({ brand, title, session: response.locals.session, content });
  });
}
