import {
  deliveryAddress,
  differences,
  type LoggedEvent,
  type Logger,
  orderIdOf,
  orderParameters,
  readInput,
} from '@hallmark/foundation';
import {
  html,
  memberOf,
  orderListRoute,
  readOrderForm,
  requireCsrf,
  type ShopApi,
  staffSessionOf,
} from '@hallmark/pages';
import express, { Router } from 'express';
import { z } from 'zod';
import type { CrmApi } from './crm-api.js';
import { newOrderPage, orderPage } from './order-pages.js';

const customer = z.object({ customerId: z.uuid('must be the id of a customer') });

export interface Apis {
  crmApi: CrmApi;
  /** What a seller does for a customer goes the customer's way. */
  shopApi: ShopApi;
}

/** What sellers do: look for orders, confirm them, order for a customer who calls, change what the customer wants changed. */
export function orderRoutes(brand: string, { crmApi, shopApi }: Apis, logger: Logger): Router {
  const routes = Router();
  const below = html`<p><a href="/orders/new">Order for a customer</a></p>`;
  routes.use(orderListRoute({ brand, usual: 'approved', list: crmApi.list, logger, below }));

  routes.get('/orders/new', (_request, response) => {
    memberOf(response);
    response.send(newOrderPage(brand, staffSessionOf(response)));
  });
  routes.post('/orders', async (request, response) => {
    const { userId } = memberOf(response);
    const { fields, model } = await readOrderForm(request);
    try {
      requireCsrf(staffSessionOf(response), fields.csrf);
      const { customerId } = readInput(customer, fields);
      const parameters = readInput(orderParameters, fields);
      const orderId = await shopApi.createOrder(customerId, parameters, readInput(deliveryAddress, fields));
      logger.info('order created', {
        event: 'order.created',
        'user.id': userId,
        'order.id': orderId,
        'order.parameters': JSON.stringify(parameters),
      } satisfies LoggedEvent);
      await shopApi.uploadModel(customerId, orderId, model);
      response.redirect(303, `/orders/${orderId}`);
    } finally {
      // What nobody read must flow off, or the browser never gets to see the answer.
      model.resume();
    }
  });

  routes.get('/orders/:orderId', async (request, response) => {
    const order = await crmApi.order(memberOf(response).token, orderIdOf(request));
    response.send(orderPage(brand, staffSessionOf(response), order));
  });

  routes.use(express.urlencoded({ extended: false, limit: '20kb' }));

  routes.post('/orders/:orderId/confirm', async (request, response) => {
    const orderId = orderIdOf(request);
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    await crmApi.confirm(memberOf(response).token, orderId);
    response.redirect(303, `/orders/${orderId}`);
  });

  routes.post('/orders/:orderId/change', async (request, response) => {
    const orderId = orderIdOf(request);
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    const { token, userId } = memberOf(response);
    const wanted = readInput(orderParameters, request.body);
    const { customerId } = await crmApi.order(token, orderId);
    const { old, parameters } = await shopApi.change(customerId, orderId, wanted);
    for (const { field, old: was, now } of differences(old, parameters)) {
      logger.info(`order changed: ${field}`, {
        event: 'order.changed',
        'user.id': userId,
        'order.id': orderId,
        'change.field': field,
        'change.old': was,
        'change.new': now,
      });
    }
    response.redirect(303, `/orders/${orderId}`);
  });
  return routes;
}
