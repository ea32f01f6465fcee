import {
  compilePolicy,
  failedAttribute,
  maskedAttribute,
  type PhoneLibrary,
  type Policy,
  policyAttribute,
  TelemetryRedactor,
} from '@hallmark/privacy/in-process';
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { LogItem, Resource, Scope } from '../export/encoding.js';
import { guarded, sayOnce } from '../talk/stderr.js';
import { cutToBudget } from './record-budget.js';

type RedactableSpan = Parameters<TelemetryRedactor['redactSpan']>[0];
type RedactableLogRecord = Parameters<TelemetryRedactor['redactLogRecord']>[0];

export interface Redaction {
  /** @returns true when there was nothing to mask in it */
  redactSpan(span: ReadableSpan): boolean;
  /** @param isClean it only repeats what was looked at already: it gets the policy's mark and no more */
  redactRecord(record: LogItem, isClean: boolean): void;
  /** What all items of a request share. */
  redactShared(resource: Resource, scopes: readonly Scope[]): Resource;
  readonly logRecordProcessor: LogRecordProcessor;
  /** How many values of each kind were masked since the start; the metric `hallmark.redaction.masked`. */
  readonly masked: ReadonlyMap<string, number>;
}

/**
 * Takes personal data out of every record and span by the policy that the preload was built with. Its processors stand
 * right before those that export. The policy is compiled with the first record, the phone library with the first candidate.
 *
 * @param hmacKey HALLMARK_HMAC_KEY: without it, what would be replaced by a hash is masked
 */
export function createRedaction(hmacKey: string | undefined): Redaction {
  let made: TelemetryRedactor | undefined;
  const masked = new Map<string, number>();
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
      (kind, times) => void masked.set(kind, (masked.get(kind) ?? 0) + times),
    );
    return made;
  };
  const redactRecord = (record: LogItem, isClean: boolean) => {
    if (isClean) {
      record.attributes[policyAttribute] = HALLMARK_POLICY_MARK;
      return;
    }
    guarded('record budget', () => cutToBudget(record as RedactableLogRecord));
    telemetry().redactLogRecord(record as RedactableLogRecord);
  };
  return {
    masked,
    redactRecord,
    redactSpan(span) {
      // The SDK's spans are plain after their end; only their types are read-only.
      guarded('record budget', () => cutToBudget(span as unknown as RedactableSpan));
      telemetry().redactSpan(span as unknown as RedactableSpan);
      return span.attributes[maskedAttribute] === undefined && span.attributes[failedAttribute] === undefined;
    },
    redactShared(resource, scopes) {
      for (const instrumentationScope of [undefined, ...scopes])
        telemetry().redactLogRecord({
          attributes: {},
          resource,
          ...(instrumentationScope && { instrumentationScope }),
        });
      return resource;
    },
    logRecordProcessor: {
      onEmit: (record: ReadWriteLogRecord) => redactRecord(record, false),
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    },
  };
}
