import assert from 'node:assert/strict';
import { maskLiterals, operationName } from './sql.js';

const cases: [string, string][] = [
  ['select * from orders where id = $1', 'select * from orders where id = $1'],
  ["select * from users where email = 'a@b.c'", 'select * from users where email = ?'],
  ["select 'it''s', E'a\\'b', 'x'", 'select ?, ?, ?'],
  ["insert into t values (1, -2.5, 1e10, 0xFF, '')", 'insert into t values (?, ?, ?, ?, ?)'],
  ['select "Column 1", t1.c2 from t1', 'select "Column 1", t1.c2 from t1'],
  ['select $$secret$$, $tag$ more $$ secret $tag$', 'select ?, ?'],
  ["select 1 -- phone 12345\nfrom t /* 'card' 4111 */ where a=2", 'select ? \nfrom t  where a=?'],
  ["select 'never closed", 'select ?'],
  ['limit 10 offset 20', 'limit ? offset ?'],
  ["where a='Иван' and b=N'Пётр'", 'where a=? and b=?'],
];

describe('a statement', () => {
  for (const [statement, expected] of cases) {
    it(`is masked: ${expected.replaceAll('\n', ' ')}`, () => {
      assert.equal(maskLiterals(statement), expected);
      assert.equal(maskLiterals(statement), expected, 'again, as remembered');
    });
  }

  it('takes no long time on hostile text', () => {
    const started = performance.now();
    for (const text of [
      "'".repeat(50_001),
      '/*'.repeat(50_000),
      '$a'.repeat(50_000),
      '1'.repeat(100_000),
      '--'.repeat(50_000),
    ]) {
      maskLiterals(`select ${text}`);
    }
    assert.ok(performance.now() - started < 1_000);
  });

  it('has its verb as operation name', () => {
    assert.equal(operationName('  select 1'), 'SELECT');
    assert.equal(operationName('(select 1) union (select 2)'), 'SELECT');
    assert.equal(operationName('BEGIN;'), 'BEGIN');
    assert.equal(operationName('"'), 'UNKNOWN');
  });
});
