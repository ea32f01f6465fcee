import {
  type Broker,
  changeStatus,
  type Database,
  type Logger,
  logStatusChange,
  ORDER_STATUSES,
  type OrderStatus,
  orderIdOf,
  readInput,
  requireStaff,
  sendWork,
  type Transaction,
  type WorkQueue,
} from '@hallmark/foundation';
import express, { Router } from 'express';
import { z } from 'zod';
import { findOrder, listOrders, setOperator } from './orders.js';
import { logRefusedChange } from './status-log.js';

const listing = z.object({
  status: z.enum(ORDER_STATUSES).default('confirmed'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const assignment = z.object({ operatorId: z.uuid('must be the id of an operator') });

export interface MesRoutes {
  database: Database;
  broker: Broker;
  results: WorkQueue;
  logger: Logger;
}

/** What operators with a session do: list orders, take one over (`assign`), start it, finish it. */
export function mesRoutes({ database, broker, results, logger }: MesRoutes): Router {
  const routes = Router();
  routes.use(express.json());

  const move = async (
    orderId: string,
    status: OrderStatus,
    within?: (transaction: Transaction) => Promise<unknown>,
  ) => {
    try {
      const change = await changeStatus(database, orderId, status, async (transaction) => {
        await within?.(transaction);
        await sendWork(broker, results, 'order.status_changed', { orderId, status });
      });
      logStatusChange(logger, change);
    } catch (error) {
      await logRefusedChange(database, logger, orderId, status, error);
      throw error;
    }
    return findOrder(database, orderId);
  };

  routes.use('/orders', requireStaff(database));

  routes.get('/orders', async (request, response) => {
    const { status, limit } = readInput(listing, request.query);
    const startedMs = performance.now();
    const orders = await listOrders(database, status, limit);
    response.json({ orders, durationS: (performance.now() - startedMs) / 1000 });
  });
  routes.get('/orders/:orderId', async (request, response) => {
    response.json(await findOrder(database, orderIdOf(request)));
  });
  routes.post('/orders/:orderId/assign', async (request, response) => {
    const orderId = orderIdOf(request);
    const { operatorId } = readInput(assignment, request.body);
    response.json(await move(orderId, 'assigned', (transaction) => setOperator(transaction, orderId, operatorId)));
  });
  routes.post('/orders/:orderId/start', async (request, response) => {
    response.json(await move(orderIdOf(request), 'in_production'));
  });
  routes.post('/orders/:orderId/finish', async (request, response) => {
    response.json(await move(orderIdOf(request), 'finished'));
  });
  return routes;
}
