import { randomUUID } from 'node:crypto';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Broker, Subscription } from './broker.js';
import type { Logger } from './logger.js';

/** Work that can't be done however often it is tried: dead-lettered at once. */
export class PermanentFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PermanentFailure';
  }
}

/** A durable queue, a queue for each delay before a repetition, and one for what was given up. */
export interface WorkQueue {
  name: string;
  /** The name of the dead-letter queue. */
  dead: string;
  delaysMs: readonly number[];
}

/** `delaysMs`: how long to wait before the first, second, … repetition; after the last the message is dead-lettered. */
export function workQueue(name: string, delaysMs: readonly number[]): WorkQueue {
  return { name, dead: `${name}.dead`, delaysMs };
}

/** Makes the queues where they don't exist yet. */
export async function declareWorkQueue(channel: ConfirmChannel, queue: WorkQueue): Promise<void> {
  const { name, dead } = queue;
  await channel.assertQueue(dead, { durable: true });
  await channel.assertQueue(name, { durable: true, deadLetterExchange: '', deadLetterRoutingKey: dead });
  for (const messageTtl of queue.delaysMs) {
    const returning = { durable: true, messageTtl, deadLetterExchange: '', deadLetterRoutingKey: name };
    await channel.assertQueue(delayQueue(queue, messageTtl), returning);
  }
}

/** Sends `body` as JSON with a new message id, and returns that id once the broker has the message. */
export async function sendWork(broker: Broker, queue: WorkQueue, type: string, body: unknown): Promise<string> {
  const messageId = randomUUID();
  const timestamp = Math.floor(Date.now() / 1000);
  const content = Buffer.from(JSON.stringify(body));
  await broker.send(queue.name, content, { messageId, type, timestamp, contentType: 'application/json' });
  return messageId;
}

export interface Delivery {
  messageId: string;
  type: string;
  content: Buffer;
  /** True when a failure now is the last one: the message is then dead-lettered. */
  last: boolean;
}

export interface Worker {
  queue: WorkQueue;
  logger: Logger;
  concurrency: number;
  handle(delivery: Delivery, broker: Broker): Promise<void>;
}

/**
 * A subscription to a work queue: a handled message is acknowledged; one that failed is sent again after the next
 * delay; a PermanentFailure, or the last repetition that failed, goes to the dead-letter queue.
 */
export function subscribeWorker(worker: Worker): Subscription {
  const { queue, logger, concurrency } = worker;
  return {
    queue: queue.name,
    concurrency,
    async handle(message, channel, broker) {
      const attempt = attemptOf(message);
      const { messageId, type } = message.properties;
      const last = attempt >= queue.delaysMs.length;
      try {
        const failure = await failureOf(worker.handle({ messageId, type, last, content: message.content }, broker));
        if (failure === undefined) channel.ack(message);
        else await settleFailure(worker, message, attempt, channel, broker, failure.error);
      } catch (error) {
        // The broker still has the message and delivers it again.
        logger.warn(`message ${messageId} of ${queue.name} could not be settled`, { error });
      }
    },
  };
}

async function settleFailure(
  { queue, logger }: Worker,
  message: ConsumeMessage,
  attempt: number,
  channel: ConfirmChannel,
  broker: Broker,
  error: unknown,
): Promise<void> {
  const { messageId, type, contentType, timestamp } = message.properties;
  const delayMs = queue.delaysMs[attempt];
  if (error instanceof PermanentFailure || delayMs === undefined) {
    logger.warn(`message ${messageId} of ${queue.name} is given up`, { error });
    channel.nack(message, false, false);
    return;
  }
  logger.warn(`message ${messageId} of ${queue.name} failed, trying again in ${delayMs} ms`, { error });
  const headers = { attempt: attempt + 1 };
  await broker.send(delayQueue(queue, delayMs), message.content, { messageId, type, contentType, timestamp, headers });
  channel.ack(message);
}

async function failureOf(work: Promise<void>): Promise<{ error: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return { error };
  }
}

function attemptOf(message: ConsumeMessage): number {
  const attempt: unknown = message.properties.headers?.attempt;
  return typeof attempt === 'number' && attempt > 0 ? attempt : 0;
}

// The delay is part of the name: the arguments of a queue can't be changed once it exists.
function delayQueue(queue: WorkQueue, delayMs: number): string {
  return `${queue.name}.retry.${delayMs}ms`;
}
