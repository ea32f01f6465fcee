import type { Database, Logger, OrderStatus } from '@hallmark/foundation';
import { findOrder } from './orders.js';

/** The catalogue's `order.status_change_failed`; nothing where the order is not known. */
export async function logRefusedChange(
  database: Database,
  logger: Logger,
  orderId: string,
  status: OrderStatus,
  error: unknown,
): Promise<void> {
  const order = await findOrder(database, orderId).catch(() => undefined);
  if (!order) return;
  logger.error(`order status not changed from ${order.status} to ${status}`, {
    event: 'order.status_change_failed',
    'order.id': orderId,
    'order.status.old': order.status,
    'order.status.new': status,
    error,
  });
}
