import {
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
  connect,
  type Message,
  type Options,
} from 'amqplib';
import type { Life } from './life.js';
import type { Logger } from './logger.js';
import { requiredVariable } from './variables.js';

const CHANNEL_WAIT_MS = 10_000;
const CONFIRM_TIMEOUT_MS = 10_000;
const DRAIN_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 5_000;
const INITIAL_RETRIES = 5;

/** A connection to RabbitMQ that comes back by itself. */
export interface Broker {
  /** Sends a persistent message to a queue; resolves when the broker has confirmed it, rejects when it has not. */
  send(queue: string, content: Buffer, options: Options.Publish): Promise<void>;
  /** A fault for demonstrations: for so many seconds messages are sent on a channel that is closed, and fail. */
  breakSending(seconds: number): Promise<void>;
}

export interface Subscription {
  queue: string;
  /** How many messages may be worked on at once. */
  concurrency: number;
  /** Works on a message and settles it (ack or nack) on the channel given. Must not reject. */
  handle(message: ConsumeMessage, channel: ConfirmChannel, broker: Broker): Promise<void>;
}

export interface BrokerOptions {
  logger: Logger;
  life: Life;
  /** Declares queues; called after every connect. */
  declare(channel: ConfirmChannel): Promise<void>;
  /** Consumed again after every connect; cancelled and drained when the service stops. */
  subscriptions?: readonly Subscription[];
}

/** Connects to the broker at `AMQP_URL`. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { logger, life } = options;
  const inWork = new Set<Promise<void>>();
  let current = Promise.withResolvers<ConfirmChannel>();
  let cancelConsumers = async () => {};
  let model: ChannelModel | undefined;
  let broken: { channel: ConfirmChannel; untilMs: number } | undefined;

  const broker: Broker = {
    async send(queue, content, publish) {
      const isBroken = broken !== undefined && performance.now() < broken.untilMs;
      const usable = isBroken && broken ? broken.channel : current.promise;
      const channel = await within(Promise.resolve(usable), CHANNEL_WAIT_MS, 'the broker is not connected');
      await within(confirmed(channel, queue, content, publish), CONFIRM_TIMEOUT_MS, 'the broker did not confirm');
    },
    async breakSending(seconds) {
      const channel = await model?.createConfirmChannel();
      if (!channel) throw new Error('the broker is not connected');
      await channel.close();
      broken = { channel, untilMs: performance.now() + seconds * 1_000 };
    },
  };

  const setup = async (connected: ChannelModel) => {
    model = connected;
    const channel = await connected.createConfirmChannel();
    // Each message that is not confirmed yet listens for its return.
    channel.setMaxListeners(0);
    channel.on('error', (error) => logger.error('the channel to the broker failed', { error }));
    await options.declare(channel);
    const tags: string[] = [];
    for (const subscription of options.subscriptions ?? [])
      tags.push(await consume(channel, subscription, broker, inWork));
    cancelConsumers = async () => void (await Promise.all(tags.map((tag) => channel.cancel(tag))));
    current.resolve(channel);
    channel.once('close', () => {
      current = Promise.withResolvers<ConfirmChannel>();
      cancelConsumers = async () => {};
      // A channel that the broker closed alone leaves the connection up: end that too, so that the recovery starts anew.
      connected.close().catch(() => undefined);
    });
  };

  const connection = await connect(requiredVariable('AMQP_URL'), {
    recovery: { maxDelay: MAX_RECONNECT_DELAY_MS, initialMaxRetries: INITIAL_RETRIES, setup },
  });
  connection.on('disconnect', (error) => logger.warn('the connection to the broker was lost', { error }));
  connection.on('connect', () => logger.info('connected to the broker again'));
  connection.on('error', (error) => logger.warn('the connection to the broker failed', { error }));
  life.onStop('the connection to the broker', async () => {
    await cancelConsumers();
    await within(Promise.all(inWork), DRAIN_MS, 'messages in work were not finished').catch((error: unknown) =>
      logger.warn('messages in work go back to the broker', { error }),
    );
    await connection.close();
  });
  return broker;
}

async function consume(
  channel: ConfirmChannel,
  subscription: Subscription,
  broker: Broker,
  inWork: Set<Promise<void>>,
): Promise<string> {
  await channel.prefetch(subscription.concurrency);
  const { consumerTag } = await channel.consume(subscription.queue, (message) => {
    if (!message) return;
    const work = subscription.handle(message, channel, broker).finally(() => inWork.delete(work));
    inWork.add(work);
  });
  return consumerTag;
}

function confirmed(channel: ConfirmChannel, queue: string, content: Buffer, options: Options.Publish): Promise<void> {
  return new Promise((resolve, reject) => {
    // The broker also confirms what no queue took; it sends such a message back first.
    const onReturn = ({ properties }: Message) => {
      if (properties.messageId === options.messageId) reject(new Error(`there is no queue ${queue}`));
    };
    channel.on('return', onReturn);
    channel.sendToQueue(queue, content, { persistent: true, mandatory: true, ...options }, (error) => {
      channel.off('return', onReturn);
      if (error) reject(new Error(`the broker did not take a message for ${queue}`, { cause: error }));
      else resolve();
    });
  });
}

async function within<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error(`${what} within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([promise, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
