import type { AnyValue, Attributes, HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** What is encoded of a log record; the SDK's records are such. */
export interface LogItem {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?: SpanContext | undefined;
  readonly severityText?: string | undefined;
  readonly severityNumber?: number | undefined;
  readonly body?: AnyValue | undefined;
  readonly eventName?: string | undefined;
  readonly instrumentationScope: Scope;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}
export type Scope = ReadableLogRecord['instrumentationScope'];

export interface Resource {
  readonly attributes: Attributes;
  readonly schemaUrl?: string | undefined;
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?(): Promise<void>;
}

/** The items of one scope, encoded. */
export interface Part {
  readonly scope: Scope;
  readonly bytes: Uint8Array;
}

/** Encodes items one by one as they come: nothing of the service's is held, and a batch needs no work when it is sent. */
export interface ItemWriter<T> {
  /** @returns the bytes it took. Throws on an item that can't be encoded, and is then as before */
  append(item: T): number;
  /** What was appended since the last time. */
  take(): Uint8Array;
}

/** One signal in one protocol of OTLP. */
export interface Encoding<T> {
  begin(): ItemWriter<T>;
  /** Takes a part apart again, for a request that was too large. @returns the bytes of each item */
  split(bytes: Uint8Array): Uint8Array[];
  /** Puts items together to the bytes of a part. */
  join(items: readonly Uint8Array[]): Uint8Array;
  /** The body of a request. */
  body(resource: Resource, parts: readonly Part[]): Uint8Array;
}
