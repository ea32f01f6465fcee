import {
  deliveryAddress,
  differences,
  type LoggedEvent,
  type Logger,
  orderIdOf,
  orderParameters,
  Refusal,
  readInput,
} from '@hallmark/foundation';
import { MAX_MODEL_BYTES, type OrderForm, readOrderForm, requireCsrf, type ShopApi } from '@hallmark/pages';
import express, { type Response, Router } from 'express';
import { newOrderPage, orderPage, ordersPage } from './pages/orders.js';
import { sessionOf, userOf } from './visit.js';

/** A customer's orders: list, new, one, and what can be done with it. */
export function orderRoutes(shopApi: ShopApi, logger: Logger): Router {
  const routes = Router();

  routes.get('/orders', async (_request, response) => {
    const orders = await shopApi.orders(userOf(response).userId);
    response.send(ordersPage(sessionOf(response), orders));
  });

  routes.get('/orders/new', (_request, response) => {
    userOf(response);
    response.send(newOrderPage(sessionOf(response)));
  });

  routes.post('/orders', async (request, response) => {
    const { userId } = userOf(response);
    const form = await readOrderForm(request);
    try {
      requireCsrf(sessionOf(response), form.fields.csrf);
      const orderId = await placeOrder(userId, form);
      response.redirect(303, `/orders/${orderId}`);
    } finally {
      // What nobody read must flow off, or the browser never gets to see the answer.
      form.model.resume();
    }
  });

  const placeOrder = async (userId: string, form: OrderForm): Promise<string> => {
    const parameters = readInput(orderParameters, form.fields);
    const delivery = readInput(deliveryAddress, form.fields);
    const orderId = await shopApi.createOrder(userId, parameters, delivery);
    logger.info('order created', {
      event: 'order.created',
      'user.id': userId,
      'order.id': orderId,
      'order.parameters': JSON.stringify(parameters),
    } satisfies LoggedEvent);
    try {
      await shopApi.uploadModel(userId, orderId, form.model);
    } catch (error) {
      if (form.tooLarge()) throw new Refusal(413, `the model may have ${MAX_MODEL_BYTES / 2 ** 20} MiB at most`);
      throw error;
    }
    return orderId;
  };

  routes.get('/orders/:orderId', async (request, response) => {
    const order = await shopApi.order(userOf(response).userId, orderIdOf(request));
    response.send(orderPage(sessionOf(response), order));
  });

  routes.use(express.urlencoded({ extended: false, limit: '20kb' }));

  const back = (response: Response, orderId: string) => response.redirect(303, `/orders/${orderId}`);
  for (const decision of ['approve', 'cancel'] as const) {
    routes.post(`/orders/:orderId/${decision}`, async (request, response) => {
      const orderId = orderIdOf(request);
      requireCsrf(sessionOf(response), request.body?.csrf);
      await shopApi.decide(userOf(response).userId, orderId, decision);
      back(response, orderId);
    });
  }

  routes.post('/orders/:orderId/change', async (request, response) => {
    const orderId = orderIdOf(request);
    requireCsrf(sessionOf(response), request.body?.csrf);
    const { userId } = userOf(response);
    const wanted = readInput(orderParameters, request.body);
    const { old, parameters } = await shopApi.change(userId, orderId, wanted);
    for (const change of differences(old, parameters)) {
      logger.info(`order changed: ${change.field}`, {
        event: 'order.changed',
        'user.id': userId,
        'order.id': orderId,
        'change.field': change.field,
        'change.old': change.old,
        'change.new': change.now,
      });
    }
    back(response, orderId);
  });

  return routes;
}
