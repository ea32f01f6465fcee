import { randomBytes, randomUUID } from 'node:crypto';
import { policyMark, readPolicy } from '@hallmark/privacy';
import protobuf from 'protobufjs';
import { randomFrom } from '../planted/random.js';
import { ordinaryRecords } from '../privacy/ordinary.js';

/** The fields that are written, by the numbers of opentelemetry-proto 1.x. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Value { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
  message Attribute { string key = 1; Value value = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message LogRecord {
    fixed64 time_unix_nano = 1; int32 severity_number = 2; string severity_text = 3; Value body = 5;
    repeated Attribute attributes = 6; bytes trace_id = 9; bytes span_id = 10; string event_name = 12;
  }
  message ScopeLogs { repeated LogRecord log_records = 2; }
  message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; }
  message Logs { repeated ResourceLogs resource_logs = 1; }
`);

export const recordsARequest = 100;
/** Requests that differ; a new uid and time is written into each before it is sent. */
const differentRequests = 50;
/** Stand where the uid and the time of a record are written. */
const uidPlace = 'uid-place-0123456789abcdef0123456789';
const timePlace = Buffer.from('f1e2d3c4b5a69788', 'hex');

interface Request {
  readonly bytes: Buffer;
  readonly uids: readonly number[];
  readonly times: readonly number[];
}

/**
 * Requests of 100 records of the demo's kinds, as the preload sends them: OTLP/protobuf, masked and marked, each record with a uid
 * in its form, a UUID.
 * @param text stands at the end of each body, e.g. a stack; default: nothing
 * @returns gives the next request; its bytes are the caller's until the next call but 49
 */
export function makeRequests(service: string, text = ''): () => Buffer {
  const mark = policyMark(readPolicy());
  const records = ordinaryRecords(randomFrom(1), differentRequests * recordsARequest);
  const requests = Array.from({ length: differentRequests }, (_, at) =>
    withPlaces(encode(service, mark, text, records.slice(at * recordsARequest, (at + 1) * recordsARequest))),
  );
  const run = randomUUID().slice(0, -12);
  let number = 0;
  let turn = 0;
  return () => {
    const { bytes, uids, times } = requests[turn++ % differentRequests] as Request;
    const now = BigInt(Date.now()) * 1_000_000n;
    for (const at of uids) bytes.write(run + (number++).toString(16).padStart(12, '0'), at, 'latin1');
    for (const at of times) bytes.writeBigUInt64LE(now, at);
    return bytes;
  };
}

function encode(service: string, mark: string, text: string, records: ReturnType<typeof ordinaryRecords>): Buffer {
  const schema = root.lookupType('Logs');
  const logRecords = records.map(({ body, eventName, attributes }) => ({
    timeUnixNano: { low: timePlace.readInt32LE(0), high: timePlace.readInt32LE(4), unsigned: true },
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: body + text },
    attributes: keyValues({ ...attributes, 'log.record.uid': uidPlace, 'redaction.policy': mark }),
    traceId: randomBytes(16),
    spanId: randomBytes(8),
    eventName,
  }));
  const resource = { attributes: keyValues({ 'service.name': service, 'host.name': 'bench', 'process.pid': 4711 }) };
  return Buffer.from(schema.encode({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }).finish());
}

function keyValues(attributes: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : Number.isInteger(value)
          ? { intValue: value }
          : { doubleValue: value },
  }));
}

function withPlaces(bytes: Buffer): Request {
  const [uids, times] = [placesOf(bytes, Buffer.from(uidPlace)), placesOf(bytes, timePlace)];
  if (uids.length !== recordsARequest || times.length !== recordsARequest)
    throw new Error(`a request has ${uids.length} uids and ${times.length} times instead of ${recordsARequest}`);
  return { bytes, uids, times };
}

function placesOf(bytes: Buffer, what: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + what.length)) places.push(at);
  return places;
}
