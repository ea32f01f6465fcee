import type { SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Encoding, ItemWriter, LogItem, Part, Resource, Scope } from './encoding.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** Field numbers of opentelemetry-proto 1.x: the same for logs and traces down to the item. */
const REQUEST_RESOURCE_ITEMS = 1;
const RESOURCE = 1;
const SCOPE_ITEMS = 2;
const SCOPE = 1;
const ITEM = 2;
const SCHEMA_URL = 3;
/** An item is seldom shorter than 128 bytes: its length takes two. */
const ITEM_LENGTH = 2;

/** Writes each item as it comes; a request is then put together from runs of bytes. */
export function protobufEncoding<T>(writeItem: (writer: ProtobufWriter, item: T) => void): Encoding<T> {
  return { begin: () => new ProtobufItems(writeItem), split, join: (items) => Buffer.concat(items), body };
}

/** Each item is a field with its length before it. */
function split(bytes: Uint8Array): Uint8Array[] {
  const items: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    let at = start + 1;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    items.push(bytes.subarray(start, at + size));
    start = at + size;
  }
  return items;
}

class ProtobufItems<T> implements ItemWriter<T> {
  readonly #writer = new ProtobufWriter();
  readonly #writeItem: (writer: ProtobufWriter, item: T) => void;

  constructor(writeItem: (writer: ProtobufWriter, item: T) => void) {
    this.#writeItem = writeItem;
  }

  append(item: T): number {
    const writer = this.#writer;
    const before = writer.length;
    try {
      const start = writer.open(ITEM, ITEM_LENGTH);
      this.#writeItem(writer, item);
      writer.close(start, ITEM_LENGTH);
    } catch (error) {
      // Half an item would spoil all the others of its request.
      writer.length = before;
      throw error;
    }
    return writer.length - before;
  }

  take(): Uint8Array {
    return this.#writer.take();
  }
}

function body(resource: Resource, parts: readonly Part[]): Uint8Array {
  const inner = new ProtobufWriter();
  const resourceStart = inner.open(RESOURCE);
  writeAttributes(inner, 1, resource.attributes);
  inner.integer(2, 0);
  inner.close(resourceStart);
  const chunks = [inner.take()];
  for (const { scope, bytes } of parts) {
    const head = scopeHead(scope);
    const tail = schema(scope.schemaUrl);
    chunks.push(header(SCOPE_ITEMS, head.length + bytes.length + tail.length), head, bytes, tail);
  }
  chunks.push(schema(resource.schemaUrl));
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return Buffer.concat([header(REQUEST_RESOURCE_ITEMS, size), ...chunks]);
}

function header(field: number, size: number): Uint8Array {
  const bytes = [(field << 3) | 2];
  for (let rest = size; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Uint8Array.from(bytes);
  }
}

function scopeHead({ name, version, attributes, droppedAttributesCount }: Scope): Uint8Array {
  const writer = new ProtobufWriter();
  const start = writer.open(SCOPE);
  writer.string(1, name);
  if (version) writer.string(2, version);
  if (attributes && Object.keys(attributes).length > 0) {
    writeAttributes(writer, 3, attributes);
    writer.integer(4, droppedAttributesCount ?? 0);
  }
  writer.close(start);
  return writer.take();
}

function schema(url: string | undefined): Uint8Array {
  const writer = new ProtobufWriter();
  if (url) writer.string(SCHEMA_URL, url);
  return writer.take();
}

export function writeLogRecord(writer: ProtobufWriter, record: LogItem): void {
  const { severityNumber, severityText, body: text, spanContext, eventName } = record;
  writer.nanoseconds(1, record.hrTime);
  if (severityNumber) writer.integer(2, severityNumber);
  if (severityText) writer.string(3, severityText);
  if (text !== undefined) writeAnyValue(writer, 5, text);
  writeAttributes(writer, 6, record.attributes);
  writer.integer(7, record.droppedAttributesCount);
  if (spanContext) {
    if (spanContext.traceFlags) writer.fixed32(8, spanContext.traceFlags);
    writer.hex(9, spanContext.traceId);
    writer.hex(10, spanContext.spanId);
  }
  writer.nanoseconds(11, record.hrTimeObserved);
  if (eventName) writer.string(12, eventName);
}

export function writeSpan(writer: ProtobufWriter, span: ReadableSpan): void {
  const own = span.spanContext();
  const parent = span.parentSpanContext;
  writeIds(writer, own);
  if (parent?.spanId) writer.hex(4, parent.spanId);
  writer.string(5, span.name);
  writer.integer(6, span.kind + 1);
  writer.nanoseconds(7, span.startTime);
  writer.nanoseconds(8, span.endTime);
  writeAttributes(writer, 9, span.attributes);
  writer.integer(10, span.droppedAttributesCount);
  for (const { time, name, attributes, droppedAttributesCount } of span.events) {
    const start = writer.open(11);
    writer.nanoseconds(1, time);
    writer.string(2, name);
    if (attributes) writeAttributes(writer, 3, attributes);
    writer.integer(4, droppedAttributesCount ?? 0);
    writer.close(start);
  }
  writer.integer(12, span.droppedEventsCount);
  for (const { context, attributes, droppedAttributesCount } of span.links) {
    const start = writer.open(13);
    writeIds(writer, context);
    if (attributes) writeAttributes(writer, 4, attributes);
    writer.integer(5, droppedAttributesCount ?? 0);
    writer.fixed32(6, spanFlags(context.traceFlags, context.isRemote));
    writer.close(start);
  }
  writer.integer(14, span.droppedLinksCount);
  const start = writer.open(15);
  if (span.status.message) writer.string(2, span.status.message);
  writer.integer(3, span.status.code);
  writer.close(start);
  writer.fixed32(16, spanFlags(own.traceFlags, parent?.isRemote));
}

function writeIds(writer: ProtobufWriter, { traceId, spanId, traceState }: SpanContext): void {
  writer.hex(1, traceId);
  writer.hex(2, spanId);
  const state = traceState?.serialize();
  if (state) writer.string(3, state);
}

/** The trace flags, and whether the parent is known to be in another process. */
export function spanFlags(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | 0x100 | (isRemote ? 0x200 : 0);
}

function writeAttributes(writer: ProtobufWriter, field: number, attributes: Readonly<Record<string, unknown>>): void {
  for (const key in attributes) {
    if (!Object.hasOwn(attributes, key)) continue;
    const start = writer.open(field);
    writer.string(1, key);
    writeAnyValue(writer, 2, attributes[key]);
    writer.close(start);
  }
}

function writeAnyValue(writer: ProtobufWriter, field: number, value: unknown): void {
  const start = writer.open(field);
  if (typeof value === 'string') writer.string(1, value);
  else if (typeof value === 'boolean') writer.integer(2, value ? 1 : 0);
  else if (typeof value === 'number') {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) writer.integer(3, value);
    else writer.double(4, value);
  } else if (value instanceof Uint8Array) writer.bytes(7, value);
  else if (Array.isArray(value)) {
    const list = writer.open(5);
    for (const item of value) writeAnyValue(writer, 1, item);
    writer.close(list);
  } else if (typeof value === 'object' && value !== null) {
    const map = writer.open(6);
    writeAttributes(writer, 1, value as Record<string, unknown>);
    writer.close(map);
  }
  writer.close(start);
}
