import type { Span } from '@opentelemetry/api';

/** Spans of messages that are being handed to a broker's client, by the options object they are published with. */
const publishing = new WeakMap<object, Span>();

/** Called from the publish hook, the only place that knows both. */
export function notePublishing(options: object | undefined, span: Span): void {
  if (options) publishing.set(options, span);
}

export function spanOfPublishing(options: object | undefined): Span | undefined {
  return options && publishing.get(options);
}
