import assert from 'node:assert/strict';
import type { Row } from './catalogue.js';
import { judge, type StoredRecord } from './judge.js';
import { isComplete, tableLines } from './table.js';

const row: Row = {
  system: 'shop-api',
  event: 'order.created',
  severity: ['INFO'],
  fields: ['order.id', 'order.price'],
  by: 'service',
  mayWait: false,
};

function record(attributes: Record<string, unknown>, severity = 'INFO'): StoredRecord {
  return {
    '@timestamp': '2026-11-21T12:00:00.000Z',
    event_name: 'order.created',
    severity_text: severity,
    body: { text: 'order created' },
    attributes: { 'code.namespace': 'orders', ...attributes },
  };
}

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
    assert.match(tableLines([finding])[1] ?? '', /^✗ +shop-api +order\.created +1 +without order\.price$/);
    assert.ok(!isComplete([finding]));
  });

  it('is not found with a severity that it does not allow', () => {
    const finding = judge(row, 1, [record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': 1 }, 'ERROR')]);
    assert.deepEqual([finding.found, finding.severities], [false, ['ERROR']]);
  });

  it('counts values of another type than their attribute is declared with', () => {
    const finding = judge(row, 1, [record({ 'order.id': 'ORD-AAAAAAAAAA', 'order.price': '12', 'file.size': 0.5 })]);
    assert.deepEqual(finding.wrongTypes, { 'order.price': 1, 'file.size': 1 });
    assert.match(tableLines([finding]).at(-1) ?? '', /2 values of another type than declared/);
  });

  it('may wait where it is of the log store, and then spoils nothing', () => {
    const finding = judge({ ...row, system: 'log-store', mayWait: true }, 0, []);
    assert.ok(!finding.found && isComplete([finding]));
    assert.match(tableLines([finding]).at(-1) ?? '', /^0 of 1 found, 0 missing, 1 may wait;/);
  });
});
