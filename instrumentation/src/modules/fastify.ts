import { subscribe } from 'node:diagnostics_channel';
import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata } from '@opentelemetry/core';
import { bagOfSpan } from '../context/bag.js';
import type { Settings } from '../settings/settings.js';
import { guarded } from '../talk/stderr.js';
import { observeSources } from './sources.js';

/** What Fastify (5 and later) tells before it calls the handler of a route. */
interface HandlerStart {
  readonly request?: { readonly params?: Readonly<Record<string, unknown>> };
  readonly route?: { readonly url?: string };
}

const HANDLER_START = 'tracing:fastify.request.handler:start';
let isWatched = false;

/**
 * Takes route and route parameters from Fastify's own channel: there is no instrumentation of Fastify in
 * auto-instrumentations-node, and its requests are seen as those of `http`. A service without Fastify never publishes there.
 */
export function watchFastify(settings: Settings): void {
  if (isWatched) return;
  isWatched = true;
  subscribe(HANDLER_START, (message) => guarded('fastify', () => note(message as HandlerStart, settings)));
}

function note({ request, route }: HandlerStart, settings: Settings): void {
  const active = context.active();
  const metadata = getRPCMetadata(active);
  if (metadata && route?.url) metadata.route ??= route.url;
  const bag = bagOfSpan(trace.getSpan(active));
  if (bag) observeSources(bag, request?.params, settings);
}
