import assert from 'node:assert/strict';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Encoding, Scope } from './encoding.js';
import { logsWay, tracesWay } from './ways.js';

/** Values at the edges of each type: lengths around those that take another byte, signs, halves of 64 bits. */
const values = {
  text: 'ring polished',
  empty: '',
  'of 127 bytes': 'x'.repeat(127),
  'of 128 bytes': 'x'.repeat(128),
  long: 'x'.repeat(70_000),
  cyrillic: 'кольцо 925 пробы 💍'.repeat(10),
  'not ascii': 'naïve',
  zero: 0,
  negative: -42,
  big: 2 ** 52 + 1,
  'below 32 bits': 2 ** 32 - 1,
  '32 bits': 2 ** 32,
  fraction: 0.1,
  huge: 1e300,
  'not a number': Number.NaN,
  yes: true,
  no: false,
  list: ['a', 1, true, null],
  map: { a: { b: ['c'] }, d: 1.5 },
  bytes: new Uint8Array([0, 127, 128, 255]),
};
const parent = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const resource = resourceFromAttributes(
  { 'service.name': 'shop', 'process.pid': 42 },
  { schemaUrl: 'https://schemas/1' },
);

function logRecords(): ReadableLogRecord[] {
  const records: ReadableLogRecord[] = [];
  const onEmit = (record: ReadableLogRecord) => void records.push(record);
  const rest = { forceFlush: async () => undefined, shutdown: async () => undefined };
  const provider = new LoggerProvider({ resource, processors: [{ onEmit, ...rest }] });
  const context = trace.setSpanContext(ROOT_CONTEXT, parent);
  const logger = provider.getLogger('shop', '1.2.3', { schemaUrl: 'https://schemas/2' });
  logger.emit({ body: 'ring polished', severityNumber: 9, severityText: 'INFO', attributes: values, context });
  logger.emit({ eventName: 'ring.polished', timestamp: [1_763_735_999, 999_999_999] });
  provider.getLogger('other').emit({ body: { nested: values } });
  logger.emit({ body: 'back in the first scope', context: ROOT_CONTEXT });
  return records;
}

function spans(): ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const rest = { onStart: () => undefined, forceFlush: async () => undefined, shutdown: async () => undefined };
  const provider = new TracerProvider({
    resource,
    spanProcessors: [{ onEnd: (span) => void ended.push(span), ...rest }],
  });
  const tracer = provider.getTracer('shop', '1.2.3');
  const remote = { ...parent, isRemote: true, traceState: new TraceState('vendor=value') };
  const context = trace.setSpanContext(ROOT_CONTEXT, remote);
  const links = [{ context: { ...parent, isRemote: true }, attributes: { why: 'caused' } }, { context: parent }];
  const span = tracer.startSpan('POST /orders', { kind: SpanKind.SERVER, attributes: values, links }, context);
  span.addEvent('exception', { 'exception.message': 'сломалось' }).addEvent('bare');
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'the oven is cold' }).end();
  tracer.startSpan('root', {}, ROOT_CONTEXT).end();
  provider.getTracer('other').startSpan('of another scope', { kind: SpanKind.CLIENT }, ROOT_CONTEXT).end();
  return ended;
}

/** The request's body as the queue makes it: item by item, a run of bytes for each scope. */
function encoded<T extends { readonly instrumentationScope: Scope }>({ begin, body }: Encoding<T>, items: T[]) {
  const writers = new Map(items.map(({ instrumentationScope }) => [instrumentationScope, begin()]));
  for (const item of items) writers.get(item.instrumentationScope)?.append(item);
  return body(
    resource,
    [...writers].map(([scope, writer]) => ({ scope, bytes: writer.take() })),
  );
}

const asText = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('latin1');
/** Upstream also puts the schema's address into the resource, where OTLP has no field for it. */
const asJson = (bytes: Uint8Array | undefined) =>
  JSON.parse(Buffer.from(bytes ?? []).toString(), (key, value) => {
    if (key === 'resource') delete value.schemaUrl;
    return value as unknown;
  }) as unknown;

describe('a request that is encoded item by item', () => {
  it('has the bytes of upstream for log records', () => {
    const records = logRecords();
    const expected = asText(ProtobufLogsSerializer.serializeRequest(records));
    assert.equal(asText(encoded(logsWay('http/protobuf').encoding, records)), expected);
  });
  it('has the bytes of upstream for spans', () => {
    const ended = spans();
    const expected = asText(ProtobufTraceSerializer.serializeRequest(ended));
    assert.equal(asText(encoded(tracesWay('http/protobuf').encoding, ended)), expected);
  });
  it('says in JSON what upstream says of log records', () => {
    const records = logRecords();
    const expected = asJson(JsonLogsSerializer.serializeRequest(records));
    assert.deepEqual(asJson(encoded(logsWay('http/json').encoding, records)), expected);
  });
  it('says in JSON what upstream says of spans', () => {
    const ended = spans();
    const expected = asJson(JsonTraceSerializer.serializeRequest(ended));
    assert.deepEqual(asJson(encoded(tracesWay('http/json').encoding, ended)), expected);
  });
  it('is as before after an item that can not be encoded', () => {
    const [record] = logRecords();
    const { begin } = logsWay('http/protobuf').encoding;
    const [sound, disturbed] = [begin(), begin()];
    const broken = {
      get unreadable() {
        throw new Error('no');
      },
    };
    if (!record) throw new Error('no record was made');
    sound.append(record);
    assert.throws(() => disturbed.append({ ...record, hrTime: record.hrTime, attributes: broken as never }));
    disturbed.append(record);
    assert.equal(asText(disturbed.take()), asText(sound.take()));
  });
});
