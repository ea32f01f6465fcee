import { IncomingMessage, type ServerResponse } from 'node:http';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type Bag, bagOfSpan } from '../context/bag.js';
import { leaveTrace, takeIn } from '../context/propagation.js';
import { limits } from '../settings/limits.js';
import type { Settings } from '../settings/settings.js';
import { notePublishing } from './publishing.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * Fills the bag from the places that HALLMARK_CONTEXT_FROM names: route parameters from anybody, since the service itself
 * says what they mean; headers of requests and messages only from those whose baggage is taken in.
 */
function observeSources(bag: Bag, values: Values | undefined, { contextSources }: Settings): void {
  if (!values) return;
  for (const [key, names] of contextSources) {
    for (const name of names) {
      const value = values[name] ?? values[name.toLowerCase()];
      if (value !== undefined) bag.observe(key, Array.isArray(value) ? value[0] : value);
    }
  }
}

function httpConfig(settings: Settings): Record<string, unknown> {
  const { ignoredPaths, joinTraceOf } = settings;
  return {
    // Asked before the trace context is read from the headers, which no other hook is.
    ignoreIncomingRequestHook: ({ url = '', headers, socket }: IncomingMessage) => {
      if (ignoredPaths.length > 0 && ignoredPaths.includes(url.split('?', 1)[0] ?? '')) return true;
      if (!joinTraceOf(socket?.remoteAddress)) leaveTrace(headers);
      return false;
    },
    requestHook: (span: Span, request: unknown) => {
      const bag = bagOfSpan(span);
      if (!bag || !(request instanceof IncomingMessage)) return;
      if (!settings.acceptFrom(request.socket?.remoteAddress)) return;
      takeIn(bag, request.headers.baggage, settings.contextKeys);
      observeSources(bag, request.headers, settings);
    },
    applyCustomAttributesOnSpan: (
      span: ReadableSpan & Span,
      request: { params?: Values },
      response: ServerResponse,
    ) => {
      // Upstream reads a status of 200 from an answer that never began, since the client had gone.
      if (response.headersSent === false) delete span.attributes['http.response.status_code'];
      else if (response.writableFinished === false) span.setAttribute('error.type', 'aborted');
      const bag = bagOfSpan(span);
      if (bag) observeSources(bag, request.params, settings);
    },
  };
}

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
export function configurationOf(library: string, settings: Settings): InstrumentationConfig {
  if (library === 'http') return httpConfig(settings);
  if (library === 'express') return expressConfig(settings);
  if (library === 'amqplib') return amqplibConfig(settings);
  return {};
}
