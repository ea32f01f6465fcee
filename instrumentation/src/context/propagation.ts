import {
  type Context,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Span } from '@opentelemetry/sdk-trace';
import { type Bag, bagOfContext } from './bag.js';
import type { Destinations } from './peers.js';
import { S3LogPropagator } from './s3-log.js';

const BAGGAGE_HEADER = 'baggage';

/**
 * Sends the configured keys, and nothing else, as W3C `baggage` to destinations that are listed. The destination is read from
 * the span under which the request is made. Nothing is taken in here: whose baggage counts depends on the peer, which only
 * the library's own hook knows (see `takeIn`).
 */
class ContextKeysPropagator implements TextMapPropagator {
  readonly #mayReceive: Destinations;

  constructor(mayReceive: Destinations) {
    this.#mayReceive = mayReceive;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpan(context) as Partial<Span> | undefined;
    const bag = bagOfContext(context);
    if (!bag || !span?.attributes) return;
    const { 'server.address': host, 'server.port': port } = span.attributes;
    if (!this.#mayReceive(host as string | undefined, port === undefined ? undefined : Number(port))) return;
    const entries = [...bag.entries()].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
    if (entries.length > 0) setter.set(carrier, BAGGAGE_HEADER, entries.join(','));
  }

  extract(context: Context): Context {
    return context;
  }

  fields(): string[] {
    return [BAGGAGE_HEADER];
  }
}

const left = new WeakSet<object>();

/**
 * Makes the trace context in these headers count for nothing: the request begins a trace of its own. A visitor could
 * otherwise choose its id, or switch its spans off in every service behind. Not even a span link is kept, since links are
 * followed when an order's story is told.
 *
 * @param headers the very object that is later extracted from
 */
export function leaveTrace(headers: object): void {
  left.add(headers);
}

/** Takes nothing out of headers that were left. */
class JoiningPropagator extends CompositePropagator {
  override extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    return left.has(carrier as object) ? context : super.extract(context, carrier, getter);
  }
}

/** Fills a bag from a `baggage` header whose sender is trusted. Entries that are not configured are ignored. */
export function takeIn(bag: Bag, header: unknown, keys: readonly string[]): void {
  const text = Array.isArray(header) ? header.join(',') : header;
  if (typeof text !== 'string' || text.length > 8_192) return;
  for (const entry of text.split(',')) {
    const [name = '', value = ''] = (entry.split(';')[0] ?? '').split('=').map((part) => part.trim());
    const key = decode(name);
    if (key !== undefined && keys.includes(key)) bag.observe(key, decode(value));
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * The propagators of OTEL_PROPAGATORS (default `tracecontext,baggage`), with `baggage` restricted as above.
 *
 * @returns null for `none`
 */
export function createPropagator(
  names: readonly string[],
  mayReceive: Destinations,
  onUnknown: () => void,
): TextMapPropagator | null {
  if (names.includes('none')) return null;
  const wanted = names.length > 0 ? new Set(names) : new Set(['tracecontext', 'baggage']);
  const propagators = [...wanted].flatMap((name): TextMapPropagator[] => {
    if (name === 'tracecontext') return [new W3CTraceContextPropagator()];
    if (name === 'baggage') return [new ContextKeysPropagator(mayReceive)];
    if (name === 'b3' || name === 'b3multi') return [createB3(name === 'b3multi')];
    onUnknown();
    return [];
  });
  return new JoiningPropagator({ propagators: [...propagators, new S3LogPropagator()] });
}

function createB3(multi: boolean): TextMapPropagator {
  const b3 = require('@opentelemetry/propagator-b3') as typeof import('@opentelemetry/propagator-b3');
  return new b3.B3Propagator(multi ? { injectEncoding: b3.B3InjectEncoding.MULTI_HEADER } : {});
}
