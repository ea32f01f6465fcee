import { type Span as ApiSpan, type Context, trace } from '@opentelemetry/api';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { assignBag, type Bag, bagOfSpan, observeBaggage } from './bag.js';

function observeAttributes(bag: Bag, attributes: Readonly<Record<string, unknown>>, keys: readonly string[]): void {
  for (const key of keys) {
    const value = attributes[key];
    if (value !== undefined) bag.observe(key, value);
  }
}

/** Puts what is known about the request on each of its spans, at their end: the server span began before it was known. */
export function contextSpanProcessor(keys: readonly string[]): SpanProcessor {
  return {
    onStart(span: Span, parentContext: Context): void {
      const bag = assignBag(span, parentContext);
      if (keys.length === 0) return;
      const parent = trace.getSpan(parentContext) as Partial<Span> | undefined;
      if (parent?.attributes) observeAttributes(bag, parent.attributes, keys);
      observeBaggage(bag, parentContext, keys);
      observeAttributes(bag, span.attributes, keys);
    },
    onEnding(span: Span): void {
      const bag = keys.length > 0 ? bagOfSpan(span) : undefined;
      if (!bag) return;
      observeAttributes(bag, span.attributes, keys);
      for (const [key, value] of bag.entries()) {
        if (span.attributes[key] === undefined) span.setAttribute(key, value);
      }
    },
    onEnd: () => undefined,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}

/** Learns the keys from a record that carries them and adds them to one that doesn't. */
export function correlate(
  attributes: Record<string, unknown>,
  span: ApiSpan | undefined,
  context: Context | undefined,
  keys: readonly string[],
): void {
  const bag = keys.length > 0 ? bagOfSpan(span) : undefined;
  if (!bag) return;
  const { attributes: spanAttributes } = span as Partial<Span>;
  if (spanAttributes) observeAttributes(bag, spanAttributes, keys);
  if (context) observeBaggage(bag, context, keys);
  for (const key of keys) {
    if (attributes[key] !== undefined) bag.observe(key, attributes[key]);
    else {
      const value = bag.get(key);
      if (value !== undefined) attributes[key] = value;
    }
  }
}

export function contextLogRecordProcessor(keys: readonly string[]): LogRecordProcessor {
  return {
    onEmit({ attributes }: ReadWriteLogRecord, context?: Context): void {
      if (context) correlate(attributes, trace.getSpan(context), context, keys);
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}
