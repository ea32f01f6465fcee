import { compilePolicy, type PhoneLibrary, type Policy, TelemetryRedactor } from '@hallmark/privacy/in-process';
import { type Counter, metrics, TraceFlags } from '@opentelemetry/api';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { sayOnce } from '../talk/stderr.js';

type RedactableSpan = Parameters<TelemetryRedactor['redactSpan']>[0];
type RedactableLogRecord = Parameters<TelemetryRedactor['redactLogRecord']>[0];

export interface Redaction {
  readonly spanProcessor: SpanProcessor;
  readonly logRecordProcessor: LogRecordProcessor;
}

/**
 * Takes personal data out of every record and span by the policy that the preload was built with. Its processors stand
 * right before those that export. The policy is compiled with the first record, the phone library with the first candidate.
 *
 * @param hmacKey HALLMARK_HMAC_KEY: without it, what would be replaced by a hash is masked
 */
export function createRedaction(hmacKey: string | undefined): Redaction {
  let made: TelemetryRedactor | undefined;
  let masked: Counter | undefined;
  const telemetry = () => {
    made ??= new TelemetryRedactor(
      compilePolicy(JSON.parse(HALLMARK_POLICY) as Policy, {
        mark: HALLMARK_POLICY_MARK,
        loadPhones: () => require('libphonenumber-js/max') as PhoneLibrary,
        hmacKey,
        onMissingKey: () =>
          sayOnce(
            'warn',
            'no hmac key',
            'HALLMARK_HMAC_KEY is not set: values that the policy hashes are masked instead',
          ),
      }),
      (kind, times) => {
        masked ??= metrics.getMeter('hallmark').createCounter('hallmark.redaction.masked', {
          description: 'Personal values that were masked, by kind',
          unit: '{value}',
        });
        masked.add(times, { kind });
      },
    );
    return made;
  };
  return {
    spanProcessor: {
      onStart: () => undefined,
      onEnd(span: ReadableSpan): void {
        // The SDK's spans are plain after their end; only their types are read-only.
        if (span.spanContext().traceFlags & TraceFlags.SAMPLED)
          telemetry().redactSpan(span as unknown as RedactableSpan);
      },
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    },
    logRecordProcessor: {
      onEmit(record: ReadWriteLogRecord): void {
        telemetry().redactLogRecord(record as unknown as RedactableLogRecord);
      },
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    },
  };
}
