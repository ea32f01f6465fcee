import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace';
import { bagOfSpan } from '../context/bag.js';

/** What is known about why a span failed: its exception event, its status, else the last error seen in its request. */
export function failureOf(span: ReadableSpan): { type: string | undefined; message: string | undefined } {
  const event = span.events.findLast(({ name }) => name === 'exception')?.attributes;
  const seen = bagOfSpan(span as Span)?.lastError;
  return {
    type: text(event?.['exception.type']) ?? text(span.attributes['error.type']) ?? seen?.type,
    message: text(event?.['exception.message']) ?? (span.status.message || undefined) ?? seen?.message,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Copies the attributes that are there, under the same names. */
export function pick(attributes: Readonly<Attributes>, names: readonly string[]): Attributes {
  const picked: Attributes = {};
  for (const name of names) {
    if (attributes[name] !== undefined) picked[name] = attributes[name];
  }
  return picked;
}
