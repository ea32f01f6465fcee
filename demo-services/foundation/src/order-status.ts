import { ATTR_CUSTOMER_ID, ATTR_ORDER_ID, ATTR_ORDER_STATUS_NEW, ATTR_ORDER_STATUS_OLD } from './attributes.js';
import { type Database, inTransaction, type Transaction } from './database.js';
import { type OrderStatus, refuseTransition } from './life-cycle.js';
import type { LoggedEvent, Logger } from './logger.js';
import { Refusal } from './refusal.js';

export interface StatusChange {
  orderId: string;
  customerId: string;
  old: OrderStatus;
  now: OrderStatus;
}

/**
 * Takes an order of the service's own `orders` table to its next status, one change at a time. `within` runs before
 * the change is committed and undoes it by throwing. Returns undefined where the order has the status already.
 * Throws a Refusal: 404 for an unknown order, 409 where the life cycle does not allow the change.
 */
export function changeStatus(
  database: Database,
  orderId: string,
  now: OrderStatus,
  within?: (transaction: Transaction) => Promise<unknown>,
): Promise<StatusChange | undefined> {
  return inTransaction(database, async (transaction) => {
    const { customerId, status: old } = await lockOrder(transaction, orderId);
    if (old === now) return undefined;
    refuseTransition(orderId, old, now);
    await transaction.query('UPDATE orders SET status = $2, updated_at = now() WHERE order_id = $1', [orderId, now]);
    await within?.(transaction);
    return { orderId, customerId, old, now };
  });
}

/** The catalogue's `order.status_changed`. */
export function logStatusChange(logger: Logger, change: StatusChange | undefined): void {
  if (!change) return;
  logger.info(`order status changed from ${change.old} to ${change.now}`, {
    event: 'order.status_changed',
    [ATTR_ORDER_ID]: change.orderId,
    [ATTR_CUSTOMER_ID]: change.customerId,
    [ATTR_ORDER_STATUS_OLD]: change.old,
    [ATTR_ORDER_STATUS_NEW]: change.now,
  } satisfies LoggedEvent);
}

export function unknownOrder(orderId: string): Refusal {
  return new Refusal(404, `there is no order ${orderId}`);
}

async function lockOrder(
  transaction: Transaction,
  orderId: string,
): Promise<{ customerId: string; status: OrderStatus }> {
  const { rows } = await transaction.query<{ customerId: string; status: OrderStatus }>(
    'SELECT customer_id AS "customerId", status FROM orders WHERE order_id = $1 FOR UPDATE',
    [orderId],
  );
  const [order] = rows;
  if (!order) throw unknownOrder(orderId);
  return order;
}
