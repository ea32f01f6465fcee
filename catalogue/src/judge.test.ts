import assert from 'node:assert/strict';
import type { Row } from './catalogue.js';
import { judge, type StoredRecord } from './judge.js';
import { isComplete, tableLines } from './table.js';
import { type TypeCheck, typeTally } from './types.js';

const row: Row = {
  system: 'shop-api',
  event: 'order.created',
  severity: ['INFO'],
  fields: ['order.id', 'order.price'],
  by: 'service',
  trace: true,
  mayWait: false,
};

function record(attributes: Record<string, unknown>, severity = 'INFO'): StoredRecord {
  return {
    '@timestamp': '2026-11-21T12:00:00.000Z',
    event_name: 'order.created',
    severity_text: severity,
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    span_id: '00f067aa0ba902b7',
    body: { text: 'order created' },
    resource: { attributes: { 'service.name': 'shop-api' } },
    attributes: { 'code.namespace': 'orders', ...attributes },
  };
}

const noTypes: TypeCheck = { records: 1, lookedInto: 1, wrong: [] };

describe('a row of the catalogue', () => {
  it('is found when one record has every field', () => {
    const whole = record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': 1.5 });
    const finding = judge(row, 2, [record({}), whole]);
    assert.equal(finding.found, true);
    assert.equal(finding.example, 'npm run lookup -- order ORD-AAAAAAAAAA');
    assert.ok(isComplete([finding]));
  });

  it('is not found without records, and names the fields that none has', () => {
    assert.equal(judge(row, 0, []).found, false);
    const finding = judge(row, 1, [record({ 'order.id': 'ORD-AAAAAAAAAA' })]);
    assert.deepEqual([finding.found, finding.missing], [false, ['order.price']]);
    assert.match(tableLines([finding], noTypes)[1] ?? '', /^✗ +shop-api +order\.created +1 +without order\.price$/);
    assert.ok(!isComplete([finding]));
  });

  it('is not found with a severity that it does not allow', () => {
    const finding = judge(row, 1, [record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': 1 }, 'ERROR')]);
    assert.deepEqual([finding.found, finding.severities], [false, ['ERROR']]);
  });

  it('is not found outside of a trace, unless it happens outside of requests', () => {
    const { trace_id: _, ...outside } = record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': 1 });
    assert.deepEqual(judge(row, 1, [outside]).missing, ['trace_id']);
    assert.equal(judge({ ...row, trace: false }, 1, [outside]).found, true);
  });

  it('may wait where it is of the log store, and then spoils nothing', () => {
    const finding = judge({ ...row, system: 'log-store', mayWait: true }, 0, []);
    assert.ok(!finding.found && isComplete([finding]));
    assert.match(tableLines([finding], noTypes).at(-1) ?? '', /^0 of 1 found, 0 missing, 1 may wait;/);
  });
});

describe('values of another type than declared', () => {
  it('are counted by service and attribute, whatever the event, and shown with an example', () => {
    const tally = typeTally();
    tally.add(record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': '12', 'file.size': 0.5, unknown: true }));
    tally.add({ ...record({ 'order.price': ['12'] }), event_name: 'of.no_catalogue' });
    tally.add({ ...record({ 'order.id': 7 }), resource: { attributes: { 'service.name': 'crm' } } });
    const wrong = tally.wrong();
    assert.deepEqual(
      wrong.map(({ service, attribute, declared, count }) => [service, attribute, declared, count]),
      [
        ['shop-api', 'order.price', 'double', 2],
        ['shop-api', 'file.size', 'integer', 1],
        ['crm', 'order.id', 'keyword', 1],
      ],
    );
    const lines = tableLines([], { records: 900_000, lookedInto: 200_000, wrong });
    assert.match(lines.at(-1) ?? '', /; 4 values of another type than declared in the newest 200,000 records$/);
    assert.equal(
      lines.at(-4),
      '! shop-api: order.price is declared as double, and is not in 2 records; npm run lookup -- order ORD-AAAAAAAAAA',
    );
  });

  it('are none where all have their type, and where an attribute is not declared', () => {
    const tally = typeTally();
    tally.add(record({ 'order.price': 12, 'file.size': 3, 'my.own': ['x'] }));
    assert.deepEqual(tally.wrong(), []);
  });
});
