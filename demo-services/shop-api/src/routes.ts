import {
  callJson,
  changeStatus,
  deliveryAddress,
  type LoggedEvent,
  logStatusChange,
  type OrderStatus,
  orderChange,
  orderIdOf,
  orderParameters,
  readInput,
} from '@hallmark/foundation';
import express, { Router } from 'express';
import { z } from 'zod';
import { type HandOver, submitModel } from './model-upload.js';
import { addOrder, findOrder, listOrders, setParameters, setResult } from './orders.js';

const newOrder = z.object({ customerId: z.uuid(), parameters: orderParameters, delivery: deliveryAddress });
const asked = z.object({ customerId: z.uuid() });
const news = z.object({
  status: z.enum(['priced', 'calculation_failed', 'confirmed', 'assigned', 'in_production', 'finished']),
  price: z.number().nonnegative().optional(),
  polygons: z.number().int().positive().optional(),
  volumeMm3: z.number().positive().optional(),
  reason: z.string().max(500).optional(),
});

/** For the shop's pages: a customer's orders. For CRM API: what became of them. */
export function shopRoutes(handOver: HandOver): Router {
  const { database, crmApiUrl, logger } = handOver;
  const routes = Router();
  routes.use(express.json());

  routes.post('/orders', async (request, response) => {
    const order = readInput(newOrder, request.body);
    const orderId = await addOrder(database, order);
    logger.info('order created', {
      event: 'order.created',
      'customer.id': order.customerId,
      'order.id': orderId,
      'order.status': 'created',
    } satisfies LoggedEvent);
    response.status(201).json({ orderId, status: 'created' });
  });

  routes.put('/orders/:orderId/model', async (request, response) => {
    const { customerId } = readInput(asked, request.query);
    await submitModel(handOver, orderIdOf(request), customerId, request);
    response.status(202).json({ status: 'calculating' });
  });

  routes.get('/orders', async (request, response) => {
    const { customerId } = readInput(asked, request.query);
    response.json({ orders: await listOrders(database, customerId) });
  });

  routes.get('/orders/:orderId', async (request, response) => {
    const { customerId } = readInput(asked, request.query);
    response.json(await findOrder(database, orderIdOf(request), customerId));
  });

  routes.patch('/orders/:orderId', async (request, response) => {
    const orderId = orderIdOf(request);
    const { customerId } = readInput(asked, request.query);
    const order = await findOrder(database, orderId, customerId);
    const parameters = orderParameters.parse({ ...order.parameters, ...readInput(orderChange, request.body) });
    const change = await changeStatus(database, orderId, 'calculating', async (transaction) => {
      await setParameters(transaction, orderId, parameters);
      await callJson('PUT', `${crmApiUrl}/orders/${orderId}/parameters`, parameters, { retryLogger: logger });
    });
    logStatusChange(logger, change);
    response.json({ orderId, status: 'calculating', old: order.parameters, parameters });
  });

  const decide = async (orderId: string, customerId: string, status: OrderStatus) => {
    await findOrder(database, orderId, customerId);
    const change = await changeStatus(database, orderId, status, () =>
      callJson('PUT', `${crmApiUrl}/orders/${orderId}/status`, { status }, { retryLogger: logger }),
    );
    logStatusChange(logger, change);
  };
  routes.post('/orders/:orderId/approve', async (request, response) => {
    const { customerId } = readInput(asked, request.query);
    await decide(orderIdOf(request), customerId, 'approved');
    response.json({ status: 'approved' });
  });
  routes.post('/orders/:orderId/cancel', async (request, response) => {
    const { customerId } = readInput(asked, request.query);
    await decide(orderIdOf(request), customerId, 'cancelled');
    response.json({ status: 'cancelled' });
  });

  routes.put('/orders/:orderId/status', async (request, response) => {
    const orderId = orderIdOf(request);
    const { status, ...result } = readInput(news, request.body);
    const change = await changeStatus(database, orderId, status, async (transaction) => {
      if (status === 'priced' || status === 'calculation_failed') await setResult(transaction, orderId, result);
    });
    logStatusChange(logger, change);
    response.json({ status });
  });

  return routes;
}
