import {
  type Attributes,
  type Context,
  type HrTime,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { bagOfSpan } from '../context/bag.js';
import type { Scope } from '../export/encoding.js';
import type { Redaction } from '../privacy/redaction.js';
import { databaseRecord, isDatabaseSpan, maskDatabaseSpan } from './database.js';
import { httpRecords } from './http.js';
import type { RecordKind } from './kinds.js';
import { messageRecord } from './messages.js';
import { maskQueryStrings } from './query-string.js';
import type { RecordWriter } from './record-writer.js';
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
  return NONE;
}

interface Options {
  readonly writer: RecordWriter;
  readonly off: ReadonlySet<RecordKind>;
  readonly redaction: Pick<Redaction, 'redactSpan'>;
}

const SCOPE: Scope = { name: 'hallmark', version: HALLMARK_VERSION };
/** The span around this one, where both are of a database. */
const OUTER = Symbol('hallmark.outer');
/** Of an outer span: what it would tell was told; true: that it failed. */
const TOLD = Symbol('hallmark.told');
const NONE: readonly SpanRecord[] = [];
type NotedSpan = { [OUTER]?: NotedSpan; [TOLD]?: boolean };

/**
 * Writes the records of the catalogue that the preload can see by itself. They come from finished spans, sampled or not, and
 * so exist for every library that is instrumented; each carries the ids of its span. The span is redacted on the way: its
 * records repeat its values, so that most of them need no look of their own.
 */
export function recordsSpanProcessor({ writer, off, redaction }: Options): SpanProcessor {
  return {
    // A statement of Knex or Sequelize ends twice, once in the driver's span: what the inner span has told is not told again by
    // the outer one.
    onStart(span: Span, parentContext: Context): void {
      const parent = trace.getSpan(parentContext) as Partial<Span> | undefined;
      if (parent?.attributes && isDatabaseSpan(span) && isDatabaseSpan(parent as Span))
        (span as NotedSpan)[OUTER] = parent as NotedSpan;
    },
    onEnding(span: Span): void {
      if (isDatabaseSpan(span)) maskDatabaseSpan(span);
      maskQueryStrings(span);
    },
    onEnd(span: ReadableSpan): void {
      const failed = span.status.code === SpanStatusCode.ERROR;
      const { [OUTER]: around, [TOLD]: told } = span as NotedSpan;
      const isTold = told === failed;
      const records = isTold ? NONE : recordsOf(span);
      if (around && (isTold || records.length > 0)) around[TOLD] = failed;
      if (!isTold) noteException(span);
      const isSent = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
      const isClean = isSent && redaction.redactSpan(span);
      for (const { kind, severity, message, time, attributes } of records) {
        if (off.has(kind)) continue;
        const record = {
          scope: SCOPE,
          eventName: kind,
          severityText: severity,
          severityNumber: severities[severity],
          body: message,
          time,
          attributes,
          span: span as Span,
          context: undefined,
        };
        // What failed may tell of an error that is not on the span.
        writer.write(record, isClean && severity === 'INFO');
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
