import { type Logger, ORDER_STATUSES, type OrderStatus, readInput } from '@hallmark/foundation';
import { Router } from 'express';
import { z } from 'zod';
import { type Content, html } from '../html.js';
import { priceOf, STATUS_NAMES } from '../names.js';
import { select } from '../parameter-fields.js';
import { staffPage } from './pages.js';
import { memberOf, staffSessionOf } from './session.js';

export interface ListedOrder {
  orderId: string;
  status: OrderStatus;
  price: number | null;
}

export interface OrderList {
  orders: ListedOrder[];
  /** How long the database took. Unit: seconds. */
  durationS: number;
}

export interface OrderListOptions {
  brand: string;
  /** The status that is shown where nobody asked for another. */
  usual: OrderStatus;
  list(token: string, status: OrderStatus): Promise<OrderList>;
  logger: Logger;
  /** Stands below the list. */
  below?: Content;
}

/** `GET /orders?status=`: the orders with that status, the oldest first. */
export function orderListRoute({ brand, usual, list, logger, below }: OrderListOptions): Router {
  const routes = Router();
  const asked = z.object({ status: z.enum(ORDER_STATUSES).default(usual) });
  routes.get('/orders', async (request, response) => {
    const { token, userId } = memberOf(response);
    const { status } = readInput(asked, request.query);
    const { orders, durationS } = await list(token, status);
    logger.info(`${orders.length} orders listed`, {
      event: 'orders.listed',
      'user.id': userId,
      filter: `status=${status}`,
      'db.client.operation.duration': durationS,
    });
    const content = html`${filterForm(status)}${table(orders)}${below}`;
    response.send(staffPage({ brand, title: 'Orders', session: staffSessionOf(response), content }));
  });
  return routes;
}

function filterForm(status: OrderStatus): Content {
  return html`<form method="get" action="/orders">${select('status', STATUS_NAMES, status)} <button class="quiet">Show</button></form>`;
}

function table(orders: readonly ListedOrder[]): Content {
  const rows = orders.map(
    ({
      orderId,
      status,
      price,
    }) => html`<tr data-order="${orderId}"><td><a href="/orders/${orderId}">${orderId}</a></td>
<td>${STATUS_NAMES[status]}</td><td>${priceOf(price)}</td></tr>`,
  );
  return html`<table><tr><th>Order</th><th>Status</th><th>Price</th></tr>${rows}</table>`;
}
