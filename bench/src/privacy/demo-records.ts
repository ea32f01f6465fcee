import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import protobuf from 'protobufjs';
import { anyValue, attributes } from '../planted/places.js';

const file = resolve(import.meta.dirname, '../../fixtures/demo-records.jsonl');

/** A record or span as it left a service of the demo, redacted; `marked` where the service runs under the preload. */
export interface DemoRecord {
  readonly signal: 'logs' | 'traces';
  readonly service: string;
  readonly marked: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly eventName?: string;
  readonly name?: string;
}

/** A sample of a run of the demo, from its first order on: each record as often as it came, logs, spans, broker and S3 server alike. */
export function demoRecords(): DemoRecord[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DemoRecord);
}

export interface OtlpRequest {
  readonly path: '/v1/logs' | '/v1/traces';
  readonly body: Uint8Array;
}

/** The fields that these records have, by the numbers of opentelemetry-proto 1.x. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Values { repeated Value values = 1; }
  message Attributes { repeated Attribute values = 1; }
  message Value { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; Values array_value = 5; Attributes kvlist_value = 6; } }
  message Attribute { string key = 1; Value value = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message Scope { string name = 1; string version = 2; }
  message LogRecord { fixed64 time_unix_nano = 1; int32 severity_number = 2; string severity_text = 3; Value body = 5; repeated Attribute attributes = 6; bytes trace_id = 9; bytes span_id = 10; string event_name = 12; }
  message ScopeLogs { Scope scope = 1; repeated LogRecord log_records = 2; }
  message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; }
  message Logs { repeated ResourceLogs resource_logs = 1; }
  message Span { bytes trace_id = 1; bytes span_id = 2; string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated Attribute attributes = 9; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Traces { repeated ResourceSpans resource_spans = 1; }
`);

const timeUnixNano = '1763688000000000000';
const ids = {
  traceId: Buffer.from('4bf92f3577b34da6a3ce929d0e0e4736', 'hex'),
  spanId: Buffer.from('00f067aa0ba902b7', 'hex'),
};

/**
 * Requests in protobuf, as the preload sends them: one for each service and signal, with each record `times` over.
 * @param mark `redaction.policy` of the records from under the preload, whose log records have an id besides; none has them where it is undefined
 */
export function requestsOf(records: readonly DemoRecord[], times: number, mark: string | undefined): OtlpRequest[] {
  const groups = new Map<string, DemoRecord[]>();
  for (const record of records) {
    const group = `${record.signal} ${record.service}`;
    groups.set(group, [...(groups.get(group) ?? []), ...Array.from({ length: times }, () => record)]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const resource = { attributes: attributes({ 'service.name': first.service, 'host.name': 'web-1' }) };
    const scope = { name: 'hallmark', version: '0.1.0' };
    const marked = (record: DemoRecord) =>
      attributes({
        ...record.attributes,
        ...(mark && record.marked && { 'redaction.policy': mark }),
        ...(mark && record.marked && record.signal === 'logs' && { 'log.record.uid': randomUUID() }),
      });
    if (first.signal === 'logs') {
      const logRecords = group.map((record) => ({
        ...ids,
        timeUnixNano,
        severityNumber: 9,
        severityText: 'INFO',
        ...(record.eventName && { eventName: record.eventName }),
        ...(record.body && { body: anyValue(record.body) }),
        attributes: marked(record),
      }));
      return [encoded('Logs', '/v1/logs', { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] })];
    }
    const spans = group.map((record) => ({
      ...ids,
      name: record.name,
      kind: 3,
      startTimeUnixNano: timeUnixNano,
      endTimeUnixNano: timeUnixNano,
      attributes: marked(record),
    }));
    return [encoded('Traces', '/v1/traces', { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] })];
  });
}

function encoded(message: string, path: OtlpRequest['path'], request: object): OtlpRequest {
  const schema = root.lookupType(message);
  return { path, body: schema.encode(schema.fromObject(request)).finish() };
}
