import { context, type Span } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import { bagOfSpan } from '../context/bag.js';
import { takeIn } from '../context/propagation.js';
import type { RecordWriter } from '../records/record-writer.js';
import { limits } from '../settings/limits.js';
import type { Settings } from '../settings/settings.js';
import type { WinstonBridgeConfig } from '../winston/instrumentation.js';
import type { HttpConfig } from './http-server.js';
import { notePublishing } from './publishing.js';
import { observeSources } from './sources.js';

type Values = Readonly<Record<string, unknown>>;

/** Spans for the route's own handler only: one for each middleware says nothing and is most of what express costs. */
function expressConfig(settings: Settings): Record<string, unknown> {
  return {
    ignoreLayersType: ['middleware', 'router'],
    requestHook: (span: Span, { request, route }: { request: { params?: Values }; route?: string }) => {
      if (route) span.updateName(`request handler - ${route}`);
      const bag = bagOfSpan(span);
      if (bag) observeSources(bag, request.params, settings);
    },
  };
}

interface Published {
  exchange: string;
  routingKey: string;
  content: Buffer;
  options?: { messageId?: string };
}
interface Consumed {
  msg: {
    content: Buffer;
    fields: { exchange: string; routingKey: string };
    properties: { messageId?: unknown; headers?: Values };
  };
}

function amqplibConfig(settings: Settings): Record<string, unknown> {
  const content = (body: Buffer) =>
    settings.messageContent
      ? { 'message.content': body.subarray(0, limits.messageContentBytes).toString('utf8').toWellFormed() }
      : {};
  return {
    // Work that outlives this is not the message's any more; the default of one minute is shorter than a price calculation.
    consumeTimeoutMs: 10 * 60_000,
    publishHook: (span: Span, { exchange, routingKey, content: body, options }: Published) => {
      notePublishing(options, span);
      span.updateName(`send ${exchange || routingKey}`);
      span.setAttributes({
        'messaging.operation.name': 'publish',
        'messaging.operation.type': 'send',
        'messaging.destination.name': exchange || routingKey,
        ...(options?.messageId !== undefined && { 'messaging.message.id': String(options.messageId) }),
        'messaging.message.body.size': body.length,
        ...content(body),
      });
    },
    consumeHook: (span: Span & { attributes?: Values; name?: string }, { msg }: Consumed) => {
      const { fields, properties } = msg;
      span.setAttributes({
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': fields.exchange || fields.routingKey,
        ...(properties.messageId !== undefined && { 'messaging.message.id': String(properties.messageId) }),
        'messaging.message.body.size': msg.content.length,
        ...content(msg.content),
      });
      const bag = bagOfSpan(span);
      if (!bag) return;
      const broker = span.attributes?.['server.address'];
      if (!settings.acceptFrom(broker as string | undefined)) return;
      takeIn(bag, properties.headers?.baggage, settings.contextKeys);
      observeSources(bag, properties.headers, settings);
    },
  };
}

/** What the preload sets on a library's instrumentation; everything else stays as upstream has it. */
export function configurationOf(
  library: string,
  settings: Settings,
  writer: RecordWriter,
): InstrumentationConfig & HttpConfig & WinstonBridgeConfig {
  // What the preload itself sends.
  if (library === 'http') return { settings, ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()) };
  if (library === 'express') return expressConfig(settings);
  if (library === 'amqplib') return amqplibConfig(settings);
  if (library === 'pino') return { writer: settings.logsFrom.has('pino') ? writer : undefined };
  if (library === 'winston') return { writer, besideConsole: settings.logsFrom.has('console') };
  return {};
}
