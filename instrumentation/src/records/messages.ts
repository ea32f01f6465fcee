import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { failureOf, pick } from './failure.js';
import type { SpanRecord } from './from-spans.js';

const MESSAGE_FIELDS = [
  'messaging.system',
  'messaging.destination.name',
  'messaging.message.id',
  'messaging.message.body.size',
  'message.content',
];

/**
 * `message.sent`, `message.received` or `message.send_failed`. Their time is the span's start, the moment of sending or
 * receiving, so that a message is never received before it was sent; a confirm that comes late does not move it.
 */
export function messageRecord(span: ReadableSpan): readonly SpanRecord[] {
  const attributes = pick(span.attributes, MESSAGE_FIELDS);
  const destination = String(attributes['messaging.destination.name'] ?? '');
  if (destination === '' && attributes['messaging.message.id'] === undefined) return [];
  const common = { time: span.startTime, attributes };
  if (span.kind === SpanKind.CONSUMER) {
    return [{ ...common, kind: 'message.received', severity: 'INFO', message: `message received from ${destination}` }];
  }
  if (span.status.code !== SpanStatusCode.ERROR) {
    return [{ ...common, kind: 'message.sent', severity: 'INFO', message: `message sent to ${destination}` }];
  }
  const { type = 'Error', message = 'the broker did not take the message' } = failureOf(span);
  return [
    {
      ...common,
      kind: 'message.send_failed',
      severity: 'ERROR',
      message: `message not sent to ${destination}: ${message}`,
      attributes: { ...attributes, 'error.type': type, 'exception.message': message },
    },
  ];
}
