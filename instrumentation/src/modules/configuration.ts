import { context, type Span } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { PgInstrumentationConfig } from '@opentelemetry/instrumentation-pg';
import { bagOfSpan } from '../context/bag.js';
import { takeIn } from '../context/propagation.js';
import type { RecordWriter } from '../records/record-writer.js';
import { limits } from '../settings/limits.js';
import type { Settings } from '../settings/settings.js';
import type { WinstonBridgeConfig } from '../winston/instrumentation.js';
import type { HttpConfig } from './http-server.js';
import { notePublishing } from './publishing.js';
import { observeSources } from './sources.js';

const MOST_BROKERS = 100;

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

/** koa's routers put the parameters on the context that a handler gets. */
function koaConfig(settings: Settings): Record<string, unknown> {
  return {
    requestHook: (span: Span, { context: { params } }: { context: { params?: Values } }) => {
      const bag = params && bagOfSpan(span);
      if (bag) observeSources(bag, params, settings);
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

/** Upstream leaves the user's name in the broker's address, which would then be masked in each span anew. */
function withoutUser(url: string, known: Map<string, string>): string {
  let clean = known.get(url);
  if (clean === undefined) {
    clean = url.replace(/^([a-z]+:\/\/)[^/@]*@/, '$1');
    if (known.size >= MOST_BROKERS) known.clear();
    known.set(url, clean);
  }
  return clean;
}

function amqplibConfig(settings: Settings): Record<string, unknown> {
  const brokers = new Map<string, string>();
  const noteMessage = (span: Span & { attributes?: Values }, destination: string, id: unknown, body: Buffer) => {
    span.setAttribute('messaging.destination.name', destination);
    if (id !== undefined) span.setAttribute('messaging.message.id', String(id));
    span.setAttribute('messaging.message.body.size', body.length);
    const url = span.attributes?.['messaging.url'];
    if (typeof url === 'string') span.setAttribute('messaging.url', withoutUser(url, brokers));
    if (settings.messageContent)
      span.setAttribute(
        'message.content',
        body.subarray(0, limits.messageContentBytes).toString('utf8').toWellFormed(),
      );
  };
  return {
    // Work that outlives this is not the message's any more; the default of one minute is shorter than a price calculation.
    consumeTimeoutMs: 10 * 60_000,
    publishHook: (span: Span, { exchange, routingKey, content: body, options }: Published) => {
      notePublishing(options, span);
      span.updateName(`send ${exchange || routingKey}`);
      span.setAttribute('messaging.operation.name', 'publish');
      span.setAttribute('messaging.operation.type', 'send');
      noteMessage(span, exchange || routingKey, options?.messageId, body);
    },
    consumeHook: (span: Span & { attributes?: Values; name?: string }, { msg }: Consumed) => {
      const { fields, properties } = msg;
      span.setAttribute('messaging.operation.name', 'process');
      span.setAttribute('messaging.operation.type', 'process');
      noteMessage(span, fields.exchange || fields.routingKey, properties.messageId, msg.content);
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
): InstrumentationConfig & HttpConfig & PgInstrumentationConfig & WinstonBridgeConfig {
  // What the preload itself sends.
  if (library === 'http') return { settings, ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()) };
  if (library === 'express') return expressConfig(settings);
  if (library === 'koa') return koaConfig(settings);
  if (library === 'amqplib') return amqplibConfig(settings);
  // Those that fail get a span all the same: FailedConnections.
  if (library === 'pg') return { ignoreConnectSpans: true };
  if (library === 'pino') return { writer: settings.logsFrom.has('pino') ? writer : undefined };
  if (library === 'winston') return { writer, besideConsole: settings.logsFrom.has('console') };
  return {};
}
