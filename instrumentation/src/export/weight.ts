import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** What an item of a queue takes besides its texts, in bytes; measured on records of five attributes. */
const ITEM_BYTES = 1_000;

/** Characters count as bytes, values that are no texts as nothing: enough to tell a line from a megabyte. */
function textBytes(attributes: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === 'string') bytes += value.length;
    else if (typeof value === 'object' && value !== null) bytes += nestedBytes(value);
  }
  return bytes;
}

function nestedBytes(value: object): number {
  return Array.isArray(value) ? textBytes({ ...value }) : textBytes(value as Record<string, unknown>);
}

export function recordBytes({ body, attributes }: ReadableLogRecord): number {
  return ITEM_BYTES + (typeof body === 'string' ? body.length : 0) + textBytes(attributes);
}

export function spanBytes({ attributes, events }: ReadableSpan): number {
  let bytes = ITEM_BYTES + textBytes(attributes);
  for (const event of events) bytes += textBytes(event.attributes ?? {});
  return bytes;
}
