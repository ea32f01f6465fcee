import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from './broker.js';
import type { Database } from './database.js';
import type { LoggedEvent, Logger } from './logger.js';
import type { WorkQueue } from './work-queue.js';

/** How much of a dead letter's content is logged and kept. */
const CONTENT_LIMIT_BYTES = 1_024;
const RETRY_DELAY_MS = 1_000;

/** The table of a service that keeps dead letters; part of its migration. */
export const DEAD_LETTERS_MIGRATION = `
  CREATE TABLE IF NOT EXISTS dead_letters (
    message_id text PRIMARY KEY,
    queue text NOT NULL,
    content text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
  );
`;

/** Takes what was given up out of the dead-letter queue, keeps it in the database, and logs each message once. */
export function subscribeDeadLetters(queue: WorkQueue, database: Database, logger: Logger): Subscription {
  return {
    queue: queue.dead,
    concurrency: 1,
    async handle(message, channel) {
      const { content, properties } = message;
      const messageId: string = properties.messageId ?? createHash('sha256').update(content).digest('hex');
      try {
        if (await keep(database, messageId, queue.name, content)) log(logger, messageId, queue.name, content);
        channel.ack(message);
      } catch (error) {
        logger.warn(`dead letter ${messageId} could not be kept, trying again`, { error });
        await sleep(RETRY_DELAY_MS);
        channel.nack(message, false, true);
      }
    },
  };
}

function log(logger: Logger, messageId: string, queue: string, content: Buffer): void {
  logger.warn('message dead-lettered', {
    event: 'message.dead_lettered',
    'messaging.message.id': messageId,
    'messaging.destination.name': queue,
    'message.content': beginningOf(content),
    'order.id': orderOf(content),
  } satisfies LoggedEvent);
}

async function keep(database: Database, messageId: string, queue: string, content: Buffer): Promise<boolean> {
  const { rowCount } = await database.query(
    'INSERT INTO dead_letters (message_id, queue, content) VALUES ($1, $2, $3) ON CONFLICT (message_id) DO NOTHING',
    [messageId, queue, beginningOf(content)],
  );
  return rowCount === 1;
}

// PostgreSQL takes no zero character in a text.
function beginningOf(content: Buffer): string {
  return content.subarray(0, CONTENT_LIMIT_BYTES).toString('utf8').replaceAll('\0', '');
}

function orderOf(content: Buffer): string | undefined {
  try {
    const { orderId } = JSON.parse(content.toString('utf8')) as { orderId?: unknown };
    return typeof orderId === 'string' ? orderId : undefined;
  } catch {
    return undefined;
  }
}
