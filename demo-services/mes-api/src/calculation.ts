import {
  type Broker,
  changeStatus,
  type Database,
  type LoggedEvent,
  type Logger,
  logStatusChange,
  PermanentFailure,
  sendWork,
  type WorkQueue,
} from '@hallmark/foundation';
import { ModelError } from './model-error.js';
import { measureStored } from './model-source.js';
import { findOrder, type Order, setResult } from './orders.js';
import { priceEur } from './price.js';

export interface Calculator {
  database: Database;
  results: WorkQueue;
  storageUrl: string;
  /** True while a demonstration wants every calculation to fail. */
  isFailing(): boolean;
  logger: Logger;
}

/**
 * Prices an order that is being calculated and sends the result to CRM API. A model that can't be priced, and the last
 * attempt that fails, end in `calculation_failed`, and that is sent too. Throws where the message must be tried again
 * or dead-lettered.
 */
export async function calculate(calculator: Calculator, broker: Broker, order: Order, last: boolean): Promise<void> {
  const { orderId, customerId } = order;
  const about = { 'order.id': orderId, 'customer.id': customerId };
  const { logger } = calculator;
  logger.info('calculation started', {
    event: 'calculation.started',
    ...about,
    'order.status': 'calculating',
  } satisfies LoggedEvent);
  try {
    await priceOrder(calculator, broker, order);
  } catch (error) {
    if (await isOver(calculator.database, orderId)) {
      logger.info('the order is no longer waiting for its price', about);
      return;
    }
    if (!(error instanceof ModelError) && !last) throw error;
    logger.error('calculation failed', {
      event: 'calculation.failed',
      'order.id': orderId,
      error,
    } satisfies LoggedEvent);
    await reportFailure(calculator, broker, order, error);
    throw error instanceof PermanentFailure ? error : new PermanentFailure('the calculation was given up', error);
  }
}

async function priceOrder(
  { database, results, storageUrl, isFailing, logger }: Calculator,
  broker: Broker,
  order: Order,
): Promise<void> {
  const { orderId, customerId } = order;
  const startedMs = performance.now();
  if (isFailing()) throw new Error('the calculation was told to fail');
  const measured = await measureStored(storageUrl, order.model);
  const price = priceEur(order.parameters, measured);
  const durationS = (performance.now() - startedMs) / 1000;
  // The change is committed only when the broker has the message: without it the shop would wait for ever.
  const change = await changeStatus(database, orderId, 'priced', async (transaction) => {
    await setResult(transaction, orderId, measured, price);
    const news = { orderId, status: 'priced', parameters: order.parameters, price, ...measured };
    await sendWork(broker, results, 'order.status_changed', news);
  });
  // Only now is it true: what fails before is tried again, and would be told twice.
  const finished: LoggedEvent = {
    event: 'calculation.finished',
    'order.id': orderId,
    'customer.id': customerId,
    'user.id': customerId,
    'model.polygons': measured.polygons,
    'calculation.duration': durationS,
    'order.price': price,
    'order.status': 'priced',
  };
  if (change) logger.info(`calculation finished: ${price} EUR`, finished);
  logStatusChange(logger, change);
}

async function reportFailure({ database, results, logger }: Calculator, broker: Broker, order: Order, error: unknown) {
  const { orderId } = order;
  // Only what is wrong with the model is for the customer to read.
  const reason = error instanceof ModelError ? error.message : 'the price could not be calculated';
  const change = await changeStatus(database, orderId, 'calculation_failed', () =>
    sendWork(broker, results, 'order.status_changed', { orderId, status: 'calculation_failed', reason }),
  );
  logStatusChange(logger, change);
}

async function isOver(database: Database, orderId: string): Promise<boolean> {
  const { status } = await findOrder(database, orderId);
  return status !== 'calculating';
}
