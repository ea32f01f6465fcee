import { type Context, trace } from '@opentelemetry/api';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { assignBag, type Bag, bagOfContext, bagOfSpan, observeBaggage } from './bag.js';

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
      const bag = bagOfSpan(span);
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

/** Learns the keys from records that carry them and adds them to those that don't. */
export function contextLogRecordProcessor(keys: readonly string[]): LogRecordProcessor {
  return {
    onEmit(record: ReadWriteLogRecord, context?: Context): void {
      const bag = context && bagOfContext(context);
      if (!bag || !context) return;
      const span = trace.getSpan(context) as Partial<Span> | undefined;
      if (span?.attributes) observeAttributes(bag, span.attributes, keys);
      observeBaggage(bag, context, keys);
      const { attributes } = record;
      for (const key of keys) {
        if (attributes[key] !== undefined) bag.observe(key, attributes[key]);
        else {
          const value = bag.get(key);
          if (value !== undefined) record.setAttribute(key, value);
        }
      }
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}
