import { errorMonitor } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type RPCMetadata, RPCType, suppressTracing } from '@opentelemetry/core';
import type { InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { HttpInstrumentation, type HttpInstrumentationConfig } from '@opentelemetry/instrumentation-http';
import { bagOfSpan } from '../context/bag.js';
import { leaveTrace, takeIn } from '../context/propagation.js';
import { RequestContext } from '../context/request-context.js';
import type { Settings } from '../settings/settings.js';
import { guarded } from '../talk/stderr.js';
import { watchFastify } from './fastify.js';
import { requestAttributes } from './http-attributes.js';
import { observeSources } from './sources.js';

export interface HttpConfig extends HttpInstrumentationConfig {
  readonly settings?: Settings;
}

type Emit = (this: unknown, event: string, ...args: unknown[]) => boolean;
type ServedRequest = IncomingMessage & { params?: Readonly<Record<string, unknown>> };
interface Served {
  readonly context: Context;
  /** For a handler that throws. */
  readonly fail?: (error: unknown) => void;
}

const WATCHED = Symbol('hallmark.watched');

/**
 * Upstream's instrumentation for requests that are made, and our own for those that are served. Upstream parses the URL of
 * each with two parsers and keeps the values of a metric that is not sent: half of what a small request costs.
 */
export class HttpWithOwnServer extends HttpInstrumentation {
  constructor(config: HttpConfig) {
    super({ ...config, disableIncomingRequestInstrumentation: true } as HttpConfig);
  }

  override init(): [InstrumentationNodeModuleDefinition, InstrumentationNodeModuleDefinition] {
    const definitions = super.init();
    for (const definition of definitions) {
      const { patch } = definition;
      const scheme = definition.name === 'https' ? 'https' : 'http';
      definition.patch = (exports, version) => {
        const patched = patch?.(exports, version) ?? exports;
        const { settings } = this.getConfig() as HttpConfig;
        if (settings) {
          watchServer(patched.Server.prototype, { scheme, settings, tracer: () => this.tracer });
          guarded('fastify', () => watchFastify(settings));
        }
        return patched;
      };
    }
    return definitions;
  }
}

interface Watching {
  readonly scheme: 'http' | 'https';
  readonly settings: Settings;
  readonly tracer: () => Tracer;
}

function watchServer(prototype: { emit: Emit; [WATCHED]?: true }, watching: Watching): void {
  if (Object.hasOwn(prototype, WATCHED)) return;
  Object.defineProperty(prototype, WATCHED, { value: true });
  const { emit } = prototype;
  prototype.emit = function emitWatched(event, ...args) {
    if (event !== 'request') return emit.call(this, event, ...args);
    const [request, response] = args as [ServedRequest, ServerResponse];
    const served = guarded('http', () => serve(request, response, watching));
    if (!served) return emit.call(this, event, ...args);
    try {
      return context.with(served.context, emit, this, event, ...args);
    } catch (error) {
      guarded('http', () => served.fail?.(error));
      throw error;
    }
  };
}

function serve(request: ServedRequest, response: ServerResponse, watching: Watching): Served {
  const { settings } = watching;
  const { url = '', headers, socket } = request;
  const isIgnored = settings.ignoredPaths.length > 0 && settings.ignoredPaths.includes(url.split('?', 1)[0] ?? '');
  const served = isIgnored ? { context: suppressTracing(context.active()) } : follow(request, response, watching);
  if (!isIgnored && settings.acceptFrom(socket?.remoteAddress)) {
    const bag = bagOfSpan(trace.getSpan(served.context));
    if (bag) {
      takeIn(bag, headers.baggage, settings.contextKeys);
      observeSources(bag, headers, settings);
    }
  }
  context.bind(served.context, request);
  context.bind(served.context, response);
  return served;
}

function follow(request: ServedRequest, response: ServerResponse, { scheme, settings, tracer }: Watching): Served {
  if (!settings.joinTraceOf(request.socket?.remoteAddress)) leaveTrace(request.headers);
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = requestAttributes(request, scheme);
  const span = tracer().startSpan(request.method ?? 'GET', { kind: SpanKind.SERVER, attributes }, parent);
  const metadata: RPCMetadata = { type: RPCType.HTTP, span };
  let ended = false;
  const fail = (error: unknown) => {
    if (ended) return;
    ended = true;
    guarded('http', () => noteError(span, error));
    guarded('http', () => span.end());
  };
  response.on('close', () => {
    if (ended) return;
    ended = true;
    guarded('http', () => noteAnswer(span, request, response, metadata.route, settings));
    guarded('http', () => span.end());
  });
  response.on(errorMonitor, fail);
  return { context: new RequestContext(parent, span, metadata), fail };
}

function noteAnswer(
  span: Span,
  { method = 'GET', params }: ServedRequest,
  { statusCode, headersSent, writableFinished }: ServerResponse,
  route: string | undefined,
  settings: Settings,
): void {
  // Without a head no answer began, since the client had gone; the status of 200 is only what it would have been.
  if (headersSent) span.setAttribute('http.response.status_code', statusCode);
  if (statusCode < 100 || statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  if (headersSent && !writableFinished) span.setAttribute('error.type', 'aborted');
  else if (statusCode >= 500 && statusCode < 600) span.setAttribute('error.type', String(statusCode));
  if (route !== undefined) span.setAttribute('http.route', route);
  if (route) span.updateName(`${method} ${route}`);
  const bag = bagOfSpan(span);
  if (bag) observeSources(bag, params, settings);
}

function noteError(span: Span, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  span.setAttribute('error.type', error.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  span.recordException(error);
}
