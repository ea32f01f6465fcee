import {
  type Broker,
  changeStatus,
  type Delivery,
  type LoggedEvent,
  logStatusChange,
  PermanentFailure,
  Refusal,
  readMessage,
} from '@hallmark/foundation';
import { type Calculator, calculate } from './calculation.js';
import { changed, statusChanged, submitted } from './messages.js';
import { addOrder, changeParameters, findOrder } from './orders.js';
import { logRefusedChange } from './status-log.js';

/** Works on one message of CRM API. Throws where it must be tried again or dead-lettered. */
export async function handleIncoming(calculator: Calculator, broker: Broker, delivery: Delivery): Promise<void> {
  switch (delivery.type) {
    case 'order.submitted':
      return takeOrder(calculator, broker, delivery);
    case 'order.changed':
      return takeChange(calculator, broker, delivery);
    case 'order.status_changed':
      return takeStatus(calculator, delivery);
    default:
      throw new PermanentFailure(`there is no message type '${delivery.type}'`);
  }
}

async function takeOrder(calculator: Calculator, broker: Broker, { content, last }: Delivery): Promise<void> {
  const { database, logger } = calculator;
  const message = readMessage(submitted, content);
  const { orderId, customerId } = message;
  if (await addOrder(database, message)) {
    logger.info('order created', {
      event: 'order.created',
      'user.id': customerId,
      'order.id': orderId,
      'order.parameters': JSON.stringify(message.parameters),
    } satisfies LoggedEvent);
  }
  const known = await findOrder(database, orderId);
  if (known.status === 'created') {
    logStatusChange(logger, await changeStatus(database, orderId, 'calculating'));
  } else if (known.status !== 'calculating') {
    // The broker delivers a message again when it did not hear of its end.
    logger.info(`the order is already ${known.status}`, { 'order.id': orderId });
    return;
  }
  await calculate(calculator, broker, known, last);
}

async function takeChange(calculator: Calculator, broker: Broker, { content, last }: Delivery): Promise<void> {
  const { database, logger } = calculator;
  const { orderId, parameters } = readMessage(changed, content);
  const { order, changes } = await changeParameters(database, orderId, parameters);
  for (const change of changes) {
    logger.info(`order changed: ${change.field}`, {
      event: 'order.changed',
      'user.id': order.customerId,
      'order.id': orderId,
      'change.field': change.field,
      'change.old': change.old,
      'change.new': change.now,
    });
  }
  logStatusChange(logger, await changeStatus(database, orderId, 'calculating'));
  await calculate(calculator, broker, order, last);
}

async function takeStatus({ database, logger }: Calculator, { content, last }: Delivery): Promise<void> {
  const { orderId, status } = readMessage(statusChanged, content);
  try {
    logStatusChange(logger, await changeStatus(database, orderId, status));
  } catch (error) {
    // The message that makes the change possible may be on its way: only the last attempt is a failure.
    if (last && error instanceof Refusal) await logRefusedChange(database, logger, orderId, status, error);
    throw error;
  }
}
