import {
  type Attributes,
  type Context,
  type HrTime,
  type Logger,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { bagOfSpan } from '../context/bag.js';
import { databaseRecord, isDatabaseSpan, maskDatabaseSpan } from './database.js';
import { httpRecords } from './http.js';
import type { RecordKind } from './kinds.js';
import { messageRecord } from './messages.js';
import { maskQueryStrings } from './query-string.js';
import { type SeverityText, severities } from './severity.js';

/** A log record that the preload makes of a finished span. */
export interface SpanRecord {
  readonly kind: RecordKind;
  readonly severity: SeverityText;
  readonly message: string;
  readonly time: HrTime;
  readonly attributes: Attributes;
}

function recordsOf(span: ReadableSpan): readonly SpanRecord[] {
  const { attributes, kind } = span;
  if (kind === SpanKind.SERVER && attributes['http.request.method'] !== undefined) return httpRecords(span);
  if (isDatabaseSpan(span)) return databaseRecord(span);
  if (kind === SpanKind.PRODUCER || kind === SpanKind.CONSUMER) return messageRecord(span);
  return [];
}

/**
 * Writes the records of the catalogue that the preload can see by itself. They come from finished spans, sampled or not, and
 * so exist for every library that is instrumented; each carries the ids of its span.
 */
export function recordsSpanProcessor(logger: () => Logger, off: ReadonlySet<RecordKind>): SpanProcessor {
  // A statement of Knex or Sequelize ends twice, once in the driver's span, and so does a connection that a pool makes: what
  // the inner span has told (true: that it failed) is not told again by the outer one.
  const outer = new WeakMap<object, object>();
  const told = new WeakMap<object, boolean>();
  return {
    onStart(span: Span, parentContext: Context): void {
      const parent = trace.getSpan(parentContext) as Partial<Span> | undefined;
      if (parent?.attributes && isDatabaseSpan(span) && isDatabaseSpan(parent as Span)) outer.set(span, parent);
    },
    onEnding(span: Span): void {
      if (isDatabaseSpan(span)) maskDatabaseSpan(span);
      maskQueryStrings(span);
    },
    onEnd(span: ReadableSpan): void {
      const failed = span.status.code === SpanStatusCode.ERROR;
      const isTold = told.get(span) === failed;
      const records = isTold ? [] : recordsOf(span);
      const around = outer.get(span);
      if (around && (isTold || records.length > 0)) told.set(around, failed);
      if (isTold) return;
      noteException(span);
      for (const { kind, severity, message, time, attributes } of records) {
        if (off.has(kind)) continue;
        logger().emit({
          eventName: kind,
          severityText: severity,
          severityNumber: severities[severity],
          body: message,
          timestamp: time,
          attributes,
          context: trace.setSpan(ROOT_CONTEXT, span as Span),
        });
      }
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}

/** An error that a framework caught for its route says why the answer was 5xx. */
function noteException(span: ReadableSpan): void {
  const event = span.events.findLast(({ name }) => name === 'exception')?.attributes;
  const bag = event && bagOfSpan(span as Span);
  if (!bag) return;
  bag.lastError = {
    type: String(event['exception.type'] ?? 'Error'),
    message: String(event['exception.message'] ?? ''),
  };
}

/**
 * False for spans that tell nothing: a connection that was taken from or added to a pool without a fault. They would stand
 * beside every query, and those of an idle pool have no request to belong to.
 */
export function isWantedSpan({ name, status }: ReadableSpan): boolean {
  return status.code === SpanStatusCode.ERROR || !/^pg(-pool)?\.connect$/.test(name);
}
