import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { guarded } from '../talk/stderr.js';

/** The SDK calls processors within the service's own `span.end()`: a time or a name that can't be encoded must not throw there. */
export function guardedSpanProcessor(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, parent) => guarded('span', () => processor.onStart(span, parent)),
    onEnding: (span) => guarded('span', () => processor.onEnding?.(span)),
    onEnd: (span) => guarded('span', () => processor.onEnd(span)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

/** As above, within the service's `logger.emit()`. */
export function guardedLogRecordProcessor(processor: LogRecordProcessor): LogRecordProcessor {
  return {
    onEmit: (record, context) => guarded('log record', () => processor.onEmit(record, context)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}
