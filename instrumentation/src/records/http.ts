import { STATUS_CODES } from 'node:http';
import { SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace';
import { bagOfSpan } from '../context/bag.js';
import { pick } from './failure.js';
import type { SpanRecord } from './from-spans.js';

/** Query strings stay out: they are where personal data stands. */
const REQUEST_FIELDS = ['http.request.method', 'url.path', 'http.route', 'http.response.status_code'];

/** `http.server.request` for each request, and `api.failed` for an answer of 5xx or a request that ended in an error. */
export function httpRecords(span: ReadableSpan): readonly SpanRecord[] {
  const attributes = pick(span.attributes, REQUEST_FIELDS);
  const durationMs = hrTimeToMilliseconds(span.duration);
  const status = Number(attributes['http.response.status_code'] ?? 0);
  const aborted = status === 0 ? 'aborted' : `${status} aborted`;
  const outcome = status === 0 || span.attributes['error.type'] === 'aborted' ? aborted : status;
  // The arrow keeps the status out of a number at the path's end: a card's digits and it would be masked as one.
  const line = `${attributes['http.request.method']} ${attributes['url.path'] ?? ''} → ${outcome} in ${Math.round(durationMs)} ms`;
  attributes['http.server.request.duration'] = durationMs / 1000;
  const request: SpanRecord = {
    kind: 'http.server.request',
    severity: 'INFO',
    message: line,
    time: span.endTime,
    attributes,
  };
  const failed = status >= 500 || (status === 0 && span.status.code === SpanStatusCode.ERROR);
  return failed ? [request, failedRecord(span, request, status)] : [request];
}

function failedRecord(span: ReadableSpan, request: SpanRecord, status: number): SpanRecord {
  const event = span.events.findLast(({ name }) => name === 'exception')?.attributes;
  const seen = bagOfSpan(span as Span)?.lastError;
  return {
    kind: 'api.failed',
    severity: 'ERROR',
    message: request.message,
    time: span.endTime,
    attributes: {
      ...request.attributes,
      'error.type': String(event?.['exception.type'] ?? seen?.type ?? span.attributes['error.type'] ?? status),
      'exception.message': String(
        event?.['exception.message'] ??
          seen?.message ??
          span.status.message ??
          STATUS_CODES[status] ??
          'the request ended in an error',
      ),
    },
  };
}
