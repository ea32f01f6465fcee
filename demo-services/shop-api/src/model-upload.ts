import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  callJson,
  changeStatus,
  type Database,
  type LoggedEvent,
  type Logger,
  logStatusChange,
  Refusal,
  type StoredModel,
  send,
} from '@hallmark/foundation';
import { findOrder, setModel } from './orders.js';

const UPLOAD_TIMEOUT_MS = 120_000;

export interface HandOver {
  database: Database;
  storageUrl: string;
  crmApiUrl: string;
  logger: Logger;
}

/**
 * Stores the model of a new order while it arrives and hands the order over to CRM API. Where either fails, the order
 * ends as `failed`: the customer orders again.
 */
export async function submitModel(
  handOver: HandOver,
  orderId: string,
  customerId: string,
  model: Readable,
): Promise<void> {
  const { database, crmApiUrl, logger } = handOver;
  const order = await findOrder(database, orderId, customerId);
  if (order.status !== 'created') throw new Refusal(409, `order ${orderId} has its model already`);
  try {
    const stored = await store(handOver, orderId, model);
    const change = await changeStatus(database, orderId, 'calculating', (transaction) =>
      setModel(transaction, orderId, stored),
    );
    logStatusChange(logger, change);
    const { parameters, delivery } = order;
    const news = { orderId, customerId, parameters, delivery, model: stored };
    await callJson('POST', `${crmApiUrl}/orders`, news, { retryLogger: logger });
  } catch (error) {
    logger.error('order could not be created', {
      event: 'order.create_failed',
      'order.id': orderId,
      error,
    } satisfies LoggedEvent);
    logStatusChange(logger, await changeStatus(database, orderId, 'failed'));
    throw error;
  }
}

async function store({ storageUrl, logger }: HandOver, orderId: string, model: Readable): Promise<StoredModel> {
  const fileId = randomUUID();
  try {
    const init = { method: 'PUT', body: Readable.toWeb(model) as ReadableStream, duplex: 'half' } as RequestInit;
    const response = await send(`${storageUrl}/files/${fileId}`, init, { timeoutMs: UPLOAD_TIMEOUT_MS });
    return (await response.json()) as StoredModel;
  } catch (error) {
    logger.error('the model could not be stored', {
      event: 'file.upload_failed',
      'order.id': orderId,
      'file.id': fileId,
      error,
    } satisfies LoggedEvent);
    throw error;
  }
}
