import assert from 'node:assert/strict';
import { isoTime } from '../story/times.js';
import { readDocument } from './documents.js';

const log = (source: Record<string, unknown>) =>
  readDocument({ _index: '.ds-logs-shop_api.otel-default-1', _source: source });

describe('a stored document', () => {
  it("keeps the nanoseconds of the exporter's time, which have no leading zeros", () => {
    // 1795225212104 ms and 70,500 ns: written without zeros, it looks like 0.705 ms and is 0.0705 ms.
    const record = log({ '@timestamp': '1795225212104.70500' });
    assert.equal(isoTime(record.timeMs), '2026-11-21T01:40:12.104071Z');
  });

  it('has the same time from an ISO date', () => {
    const record = log({ '@timestamp': '2026-11-21T01:40:12.104070500Z' });
    assert.equal(isoTime(record.timeMs), '2026-11-21T01:40:12.104071Z');
  });

  it('has flat attributes, whether the store kept them flat or rebuilt them as a tree', () => {
    const flat = log({ '@timestamp': '1.0', attributes: { 'order.id': 'ORD-1', 'order.status': 'created' } });
    const tree = log({ '@timestamp': '1.0', attributes: { order: { id: 'ORD-1', status: 'created' } } });
    assert.deepEqual(flat.attributes, { 'order.id': 'ORD-1', 'order.status': 'created' });
    assert.deepEqual(tree.attributes, flat.attributes);
  });

  it('bears an attribute that is named like a part of every object', () => {
    const record = log(
      JSON.parse('{"@timestamp":"1.0","attributes":{"__proto__":{"polluted":"yes"},"constructor":"x"}}'),
    );
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.equal(record.attributes.constructor, 'x');
  });

  it('of a span has its kind, status and duration in ms', () => {
    const span = readDocument({
      _index: '.ds-traces-mes_api.otel-default-1',
      _source: {
        '@timestamp': '1795225212104.0',
        trace_id: 'a'.repeat(32),
        span_id: 'b'.repeat(16),
        name: 'mes.orders process',
        kind: 'Consumer',
        duration: 1_500_000,
        status: { message: 'open mesh', code: 'Error' },
        links: [{ trace_id: 'c'.repeat(32), span_id: 'd'.repeat(16) }],
        resource: { attributes: { 'service.name': 'mes-api' } },
      },
    });
    assert.equal(span.type, 'span');
    if (span.type !== 'span') return;
    assert.deepEqual(
      [span.kind, span.status, span.statusMessage, span.durationMs, span.service, span.links],
      ['consumer', 'error', 'open mesh', 1.5, 'mes-api', [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) }]],
    );
  });

  it('without a severity text has the name of its severity number', () => {
    const record = log({ '@timestamp': '1.0', severity_number: 18 });
    assert.equal(record.type === 'record' && record.severity, 'ERROR');
  });

  it('with a structured body shows it as JSON', () => {
    const record = log({ '@timestamp': '1.0', body: { structured: { a: [1, 2] } } });
    assert.equal(record.type === 'record' && record.body, '{"a":[1,2]}');
  });
});
