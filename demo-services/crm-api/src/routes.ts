import {
  type Broker,
  changeStatus,
  type Database,
  deliveryAddress,
  type Logger,
  logStatusChange,
  MES_ORDERS,
  ORDER_ID,
  ORDER_STATUSES,
  orderIdOf,
  orderParameters,
  readInput,
  requireStaff,
  sendWork,
  staffOf,
  storedModel,
} from '@hallmark/foundation';
import express, { Router } from 'express';
import { z } from 'zod';
import { addOrder, findOrder, listOrders, setParameters, setSeller } from './orders.js';
import { tellShop } from './results.js';

const newOrder = z.object({
  orderId: z.string().regex(ORDER_ID),
  customerId: z.uuid(),
  parameters: orderParameters,
  delivery: deliveryAddress,
  model: storedModel,
});
const decision = z.object({ status: z.enum(['approved', 'cancelled']) });
const listing = z.object({
  status: z.enum(ORDER_STATUSES).default('approved'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export interface CrmRoutes {
  database: Database;
  broker: Broker;
  shopApiUrl: string;
  logger: Logger;
}

/**
 * For the shop: hand an order over, change it, and say what the customer decided. For sellers with a session: list and confirm.
 * A message for MES is confirmed by the broker before the order's change is committed: no change without its message.
 */
export function crmRoutes({ database, broker, shopApiUrl, logger }: CrmRoutes): Router {
  const routes = Router();
  routes.use(express.json());

  routes.post('/orders', async (request, response) => {
    const order = readInput(newOrder, request.body);
    const { orderId, customerId, parameters, model } = order;
    await addOrder(database, order);
    const change = await changeStatus(database, orderId, 'calculating', () =>
      sendWork(broker, MES_ORDERS, 'order.submitted', { orderId, customerId, parameters, model }),
    );
    logStatusChange(logger, change);
    response.status(201).json({ orderId, status: 'calculating' });
  });

  routes.put('/orders/:orderId/parameters', async (request, response) => {
    const orderId = orderIdOf(request);
    const parameters = readInput(orderParameters, request.body);
    const change = await changeStatus(database, orderId, 'calculating', async (transaction) => {
      await setParameters(transaction, orderId, parameters);
      await sendWork(broker, MES_ORDERS, 'order.changed', { orderId, parameters });
    });
    logStatusChange(logger, change);
    response.json({ orderId, status: 'calculating' });
  });

  routes.put('/orders/:orderId/status', async (request, response) => {
    const orderId = orderIdOf(request);
    const { status } = readInput(decision, request.body);
    const change = await changeStatus(database, orderId, status, () =>
      sendWork(broker, MES_ORDERS, 'order.status_changed', { orderId, status }),
    );
    logStatusChange(logger, change);
    response.json({ orderId, status });
  });

  const onlyStaff = requireStaff(database);

  routes.get('/orders', onlyStaff, async (request, response) => {
    const { status, limit } = readInput(listing, request.query);
    const startedMs = performance.now();
    const orders = await listOrders(database, status, limit);
    response.json({ orders, durationS: (performance.now() - startedMs) / 1000 });
  });

  routes.get('/orders/:orderId', onlyStaff, async (request, response) => {
    response.json(await findOrder(database, orderIdOf(request)));
  });

  routes.post('/orders/:orderId/confirm', onlyStaff, async (request, response) => {
    const orderId = orderIdOf(request);
    const { userId } = staffOf(response);
    const status = 'confirmed';
    const change = await changeStatus(database, orderId, status, async (transaction) => {
      await setSeller(transaction, orderId, userId);
      await sendWork(broker, MES_ORDERS, 'order.status_changed', { orderId, status });
    });
    logStatusChange(logger, change);
    // Also where the order was confirmed before: the seller presses again when the shop did not answer.
    await tellShop(shopApiUrl, logger, orderId, { status });
    response.json(await findOrder(database, orderId));
  });

  return routes;
}
