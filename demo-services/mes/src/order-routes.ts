import { type LoggedEvent, type Logger, orderIdOf, readInput } from '@hallmark/foundation';
import { memberOf, orderListRoute, requireCsrf, type StaffApi, staffSessionOf } from '@hallmark/pages';
import express, { Router } from 'express';
import { z } from 'zod';
import type { MesApi } from './mes-api.js';
import { orderPage } from './order-page.js';

const assignment = z.object({ operatorId: z.uuid() });

/** What operators do: look for orders, give one to an operator, start it, finish it. */
export function orderRoutes(brand: string, mesApi: MesApi, staffApi: StaffApi, logger: Logger): Router {
  const routes = Router();
  routes.use(orderListRoute({ brand, usual: 'confirmed', list: mesApi.list, logger }));

  routes.get('/orders/:orderId', async (request, response) => {
    const { token } = memberOf(response);
    const [order, operators] = await Promise.all([mesApi.order(token, orderIdOf(request)), staffApi.list(token)]);
    response.send(orderPage(brand, staffSessionOf(response), order, operators));
  });

  routes.use(express.urlencoded({ extended: false, limit: '20kb' }));

  routes.post('/orders/:orderId/assign', async (request, response) => {
    const orderId = orderIdOf(request);
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    const { token, userId } = memberOf(response);
    const { operatorId } = readInput(assignment, request.body);
    await mesApi.assign(token, orderId, operatorId);
    logger.info('order assigned', {
      event: 'order.assigned',
      'user.id': userId,
      'order.id': orderId,
      'operator.id': operatorId,
    } satisfies LoggedEvent);
    response.redirect(303, `/orders/${orderId}`);
  });

  for (const step of ['start', 'finish'] as const) {
    routes.post(`/orders/:orderId/${step}`, async (request, response) => {
      const orderId = orderIdOf(request);
      requireCsrf(staffSessionOf(response), request.body?.csrf);
      await mesApi.move(memberOf(response).token, orderId, step);
      response.redirect(303, `/orders/${orderId}`);
    });
  }
  return routes;
}
