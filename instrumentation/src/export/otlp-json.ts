import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Encoding, ItemWriter, LogItem, Part, Resource, Scope } from './encoding.js';
import { spanFlags } from './otlp-protobuf.js';

/** What the levels of a request are called for one signal. */
interface Names {
  readonly resources: 'resourceLogs' | 'resourceSpans';
  readonly scopes: 'scopeLogs' | 'scopeSpans';
  readonly items: 'logRecords' | 'spans';
}

export function jsonEncoding<T>(names: Names, toJson: (item: T) => object): Encoding<T> {
  return {
    begin: () => new JsonItems(toJson),
    split: (bytes) =>
      (JSON.parse(`[${Buffer.from(bytes).toString()}]`) as object[]).map((item) => Buffer.from(JSON.stringify(item))),
    join: (items) => Buffer.from(items.map((item) => Buffer.from(item).toString()).join(',')),
    body: (resource, parts) => body(names, resource, parts),
  };
}

class JsonItems<T> implements ItemWriter<T> {
  readonly #toJson: (item: T) => object;
  #texts: string[] = [];

  constructor(toJson: (item: T) => object) {
    this.#toJson = toJson;
  }

  append(item: T): number {
    const text = JSON.stringify(this.#toJson(item));
    this.#texts.push(text);
    return Buffer.byteLength(text);
  }

  take(): Uint8Array {
    const texts = this.#texts;
    this.#texts = [];
    return Buffer.from(texts.join(','));
  }
}

/** Put together as text: the items are JSON already. */
function body({ resources, scopes, items }: Names, resource: Resource, parts: readonly Part[]): Uint8Array {
  const described = { attributes: attributesJson(resource.attributes), droppedAttributesCount: 0 };
  const chunks: Uint8Array[] = [
    Buffer.from(`{"${resources}":[{"resource":${JSON.stringify(described)}${schema(resource.schemaUrl)},"${scopes}":[`),
  ];
  parts.forEach(({ scope, bytes }, index) => {
    const head = `${index > 0 ? ',' : ''}{"scope":${JSON.stringify(scopeJson(scope))}${schema(scope.schemaUrl)},"${items}":[`;
    chunks.push(Buffer.from(head), bytes, Buffer.from(']}'));
  });
  chunks.push(Buffer.from(']}]}'));
  return Buffer.concat(chunks);
}

function schema(url: string | undefined): string {
  return url ? `,"schemaUrl":${JSON.stringify(url)}` : '';
}

function scopeJson({ name, version, attributes, droppedAttributesCount }: Scope): object {
  if (!attributes || Object.keys(attributes).length === 0) return { name, version };
  return {
    name,
    version,
    attributes: attributesJson(attributes),
    droppedAttributesCount: droppedAttributesCount ?? 0,
  };
}

export function logRecordJson(record: LogItem): object {
  return {
    timeUnixNano: nanoseconds(record.hrTime),
    observedTimeUnixNano: nanoseconds(record.hrTimeObserved),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: anyValueJson(record.body),
    eventName: record.eventName,
    attributes: attributesJson(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount,
    flags: record.spanContext?.traceFlags,
    traceId: record.spanContext?.traceId,
    spanId: record.spanContext?.spanId,
  };
}

export function spanJson(span: ReadableSpan): object {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    traceState: traceState?.serialize(),
    name: span.name,
    kind: span.kind + 1,
    startTimeUnixNano: nanoseconds(span.startTime),
    endTimeUnixNano: nanoseconds(span.endTime),
    attributes: attributesJson(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map(({ name, time, attributes, droppedAttributesCount }) => ({
      attributes: attributesJson(attributes ?? {}),
      name,
      timeUnixNano: nanoseconds(time),
      droppedAttributesCount: droppedAttributesCount ?? 0,
    })),
    droppedEventsCount: span.droppedEventsCount,
    status: { code: span.status.code, message: span.status.message },
    links: span.links.map(({ context, attributes, droppedAttributesCount }) => ({
      attributes: attributesJson(attributes ?? {}),
      spanId: context.spanId,
      traceId: context.traceId,
      traceState: context.traceState?.serialize(),
      droppedAttributesCount: droppedAttributesCount ?? 0,
      flags: spanFlags(context.traceFlags, context.isRemote),
    })),
    droppedLinksCount: span.droppedLinksCount,
    flags: spanFlags(traceFlags, span.parentSpanContext?.isRemote),
  };
}

function nanoseconds([seconds, rest]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(Math.trunc(rest)));
}

export function attributesJson(attributes: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValueJson(value) }));
}

function anyValueJson(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValueJson) } };
  if (typeof value === 'object' && value !== null) {
    return { kvlistValue: { values: attributesJson(value as Record<string, unknown>) } };
  }
  return {};
}
