import { type Context, type HrTime, isSpanContextValid, type Span } from '@opentelemetry/api';
import { cleanAttributes } from '@opentelemetry/core';
import { correlate } from '../context/processors.js';
import type { LogItem, Scope } from '../export/encoding.js';

/** A record of the preload's own making: a line of a logger that it watches, or what a span tells. */
export interface OwnRecord {
  readonly scope: Scope;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: string;
  readonly eventName: string | undefined;
  /** The writer's from now on. */
  readonly attributes: LogItem['attributes'];
  readonly span: Span | undefined;
  /** Of the call, where baggage of the service's own may stand. */
  readonly context: Context | undefined;
  /** Default now. */
  readonly time?: HrTime;
}

/** What the SDK applies to its own records. */
export interface RecordLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

interface Options {
  readonly keys: readonly string[];
  readonly limits: RecordLimits;
  /** Masks what is personal; a record that is known to hold nothing is only marked. */
  readonly redact: (record: LogItem, isClean: boolean) => void;
  readonly add: (record: LogItem) => void;
}

/**
 * Writes records past the SDK's logger, by the same steps: limits, correlation, redaction, batch. The SDK takes records from
 * anybody, so it checks each value and copies it, which these have behind them.
 */
export class RecordWriter {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param isClean the record only repeats what was looked at already */
  write(own: OwnRecord, isClean = false): void {
    const { keys, limits, redact, add } = this.#options;
    const now = Date.now();
    const observed: HrTime = [Math.trunc(now / 1_000), (now % 1_000) * 1e6];
    const spanContext = own.span?.spanContext();
    const dropped = applyLimits(own.attributes, limits);
    const record: LogItem = {
      hrTime: own.time ?? observed,
      hrTimeObserved: observed,
      spanContext: spanContext && isSpanContextValid(spanContext) ? spanContext : undefined,
      severityNumber: own.severityNumber,
      severityText: own.severityText,
      body: own.body,
      eventName: own.eventName,
      instrumentationScope: own.scope,
      attributes: own.attributes,
      droppedAttributesCount: dropped,
    };
    correlate(own.attributes, own.span, own.context, keys);
    redact(record, isClean);
    add(record);
  }
}

/** @returns how many attributes were taken away */
function applyLimits(attributes: LogItem['attributes'], limits: RecordLimits): number {
  let count = 0;
  for (const key in attributes) count += key === '' ? Number.POSITIVE_INFINITY : 1;
  const { attributeCountLimit, attributeValueLengthLimit } = limits;
  if (count <= attributeCountLimit && attributeValueLengthLimit === Number.POSITIVE_INFINITY) return 0;
  const { attributes: kept = {}, droppedAttributesCount = 0 } = cleanAttributes(attributes, limits);
  for (const key of Object.keys(attributes)) {
    if (Object.hasOwn(kept, key)) attributes[key] = kept[key];
    else delete attributes[key];
  }
  return droppedAttributesCount;
}
