import {
  CallFailed,
  callJson,
  changeStatus,
  type Database,
  type Delivery,
  differences,
  type Logger,
  logStatusChange,
  ORDER_ID,
  orderParameters,
  readMessage,
} from '@hallmark/foundation';
import { z } from 'zod';
import { findOrder, setPrice } from './orders.js';

const result = z.object({
  orderId: z.string().regex(ORDER_ID),
  status: z.enum(['priced', 'calculation_failed', 'assigned', 'in_production', 'finished']),
  /** What was priced. */
  parameters: orderParameters.optional(),
  price: z.number().nonnegative().optional(),
  polygons: z.number().int().positive().optional(),
  volumeMm3: z.number().positive().optional(),
  reason: z.string().max(500).optional(),
});

export interface ResultDesk {
  database: Database;
  shopApiUrl: string;
  logger: Logger;
}

/** Takes one result of MES API over and tells the shop. Throws where the message must be tried again or dead-lettered. */
export async function handleResult({ database, shopApiUrl, logger }: ResultDesk, delivery: Delivery): Promise<void> {
  const { orderId, status, parameters, ...details } = readMessage(result, delivery.content);
  logger.info(`order received from MES: ${status}`, {
    event: 'order.received',
    'order.id': orderId,
    'messaging.message.id': delivery.messageId,
  });
  const order = await findOrder(database, orderId);
  const isStale = parameters !== undefined && differences(order.parameters, parameters).length > 0;
  if (order.status === 'cancelled' || isStale) {
    const why = isStale ? 'the customer wants another ring by now' : 'the order is cancelled';
    logger.info(`${why}: the result is not needed any more`, { 'order.id': orderId });
    return;
  }
  // Committed before the shop is told: a lock held meanwhile and a customer who cancels could wait for each other.
  const change = await changeStatus(database, orderId, status, async (transaction) => {
    if (details.price !== undefined) await setPrice(transaction, orderId, details.price);
  });
  logStatusChange(logger, change);
  await tellShop(shopApiUrl, logger, orderId, { status, ...details });
}

/** Passes a status on to the shop, which may have it already or, cancelled meanwhile, refuse it. */
export async function tellShop(shopApiUrl: string, logger: Logger, orderId: string, news: { status: string }) {
  try {
    await callJson('PUT', `${shopApiUrl}/orders/${orderId}/status`, news);
  } catch (error) {
    if (!(error instanceof CallFailed) || error.status !== 409) throw error;
    logger.warn(`the shop does not take the status ${news.status}`, { 'order.id': orderId, error });
  }
}
