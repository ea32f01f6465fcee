import protobuf from 'protobufjs';
import type { Arrived, Delivery } from './receiver.js';

/** The fields that are counted, by the numbers of opentelemetry-proto 1.x; protobuf readers pass over the others. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Value { string string_value = 1; int64 int_value = 3; double double_value = 4; }
  message Attribute { string key = 1; Value value = 2; }
  message LogRecord { repeated Attribute attributes = 6; }
  message ScopeLogs { repeated LogRecord log_records = 2; }
  message ResourceLogs { repeated ScopeLogs scope_logs = 2; }
  message Logs { repeated ResourceLogs resource_logs = 1; }
  message Span { bytes span_id = 2; int32 kind = 6; }
  message ScopeSpans { repeated Span spans = 2; }
  message ResourceSpans { repeated ScopeSpans scope_spans = 2; }
  message Traces { repeated ResourceSpans resource_spans = 1; }
`);
const serverKind = 2;
/** Bytes become text, as OTLP/JSON has them from the start; 64-bit integers become numbers. */
const asJson: protobuf.IConversionOptions = { longs: Number, bytes: String };

interface Value {
  intValue?: number | string;
  doubleValue?: number;
  stringValue?: string;
}
interface Logs {
  resourceLogs?: { scopeLogs?: { logRecords?: { attributes?: { key: string; value: Value }[] }[] }[] }[];
}
interface Traces {
  resourceSpans?: { scopeSpans?: { spans?: { spanId: string; kind?: number }[] }[] }[];
}

/** Reads a request to `/v1/logs` or `/v1/traces`, protobuf or JSON. Throws on what is neither. */
export function readOtlp(delivery: Delivery, arrived: Arrived): void {
  if (delivery.path === '/v1/logs') readLogs(read<Logs>('Logs', delivery), arrived);
  if (delivery.path === '/v1/traces') readTraces(read<Traces>('Traces', delivery), arrived);
}

function read<T>(message: string, { type, body }: Delivery): T {
  if (type === 'application/json') return JSON.parse(body.toString()) as T;
  const schema = root.lookupType(message);
  return schema.toObject(schema.decode(body), asJson) as T;
}

function readLogs({ resourceLogs = [] }: Logs, { records }: Arrived): void {
  const all = resourceLogs.flatMap(({ scopeLogs = [] }) => scopeLogs).flatMap(({ logRecords = [] }) => logRecords);
  for (const { attributes = [] } of all) {
    const id = attributes.find(({ key }) => key === 'work.id')?.value;
    if (id !== undefined) records.add(Number(id.intValue ?? id.doubleValue ?? id.stringValue));
  }
}

function readTraces({ resourceSpans = [] }: Traces, { serverSpans }: Arrived): void {
  const all = resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans).flatMap(({ spans = [] }) => spans);
  for (const { spanId, kind } of all) if (kind === serverKind) serverSpans.add(spanId);
}
