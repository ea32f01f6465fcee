import assert from 'node:assert/strict';
import { readPolicy } from '../files.js';
import { ListError, ordinaryAttributes, ordinaryText, pairStart, sqlWithoutValues, valueStart } from './ordinary.js';

/** Attributes as the collector writes them into one text. */
const pairs = (attributes: Readonly<Record<string, string | number>>) =>
  ['', ...Object.entries(attributes).map(([key, value]) => `${key}${valueStart}${value}`)].join(pairStart);

describe('what tells an ordinary record in the collector', () => {
  const policy = readPolicy();
  const attributes = new RegExp(ordinaryAttributes(policy));
  const text = new RegExp(ordinaryText(policy));

  it('knows keys and plain values of the order services', () => {
    const ordinary = {
      'order.id': 'ORD-7K2ABCDE45',
      'customer.id': '44cbc8a5-6e4b-43b4-acfe-5bca4846378a',
      'order.status.new': 'in_production',
      'server.address': '127.0.0.1',
      'server.port': 5432,
      'order.price': 311.25,
      'db.operation.name': 'UPDATE',
      'db.query.text': "any text, which is looked at by itself: 'x' = +7 916 123-45-67",
    };
    assert.match(pairs(ordinary), attributes);
    assert.match(pairs({}), attributes);
  });

  it('leaves every other key and value to a closer look', () => {
    const unusual: Readonly<Record<string, string | number>>[] = [
      { note: 'x' },
      { 'order.id': 'x', phone: 1 },
      { 'order.status': 'ann@example.com' },
      { 'order.status': '+79161234567' },
      { 'order.id': '4111111111111111' },
      { 'order.id': '4111-1111-1111-1111' },
      { 'customer.id': 79161234567 },
      { 'order.status': 'AKIAIOSFODNN7EXAMPLE' },
      { 'order.status': `xoxb${'-'}abcdefghij` },
      { 'order.status': `sk_live${'_'}abcdefghijklmnop` },
      { 'order.status': 'Иванов' },
      { 'order.status': `created${pairStart}phone${valueStart}1` },
    ];
    for (const values of unusual) assert.doesNotMatch(pairs(values), attributes, JSON.stringify(values));
  });

  it('knows texts of ordinary words, short numbers and orders', () => {
    for (const line of [
      'update orders set status = $2, updated_at = now() where order_id = $1',
      'put /orders/:orderid/status 204 in 12 ms',
      'get /orders/ord-7k2abcde45/status',
      'calculation finished: 3.11 eur',
    ])
      assert.match(`\n${line}\n`, text);
  });

  it('leaves other words and long numbers to a closer look', () => {
    for (const line of [
      'order of ivanov',
      'status 9161234567',
      'order 916 123 45 67',
      'order@shop',
      'order %40',
      'pin 1',
    ])
      assert.doesNotMatch(`\n${line}\n`, text);
  });

  it('knows SQL without values, whatever it names', () => {
    for (const statement of [
      'SELECT user_id AS "userId", name FROM sessions JOIN staff USING (user_id) WHERE token_hash = $1 AND expires_at > now()',
      'INSERT INTO staff (login, password) VALUES ($1, ?)\n  ON CONFLICT (login) DO UPDATE SET password = EXCLUDED.password',
      'SELECT volume_mm3 AS "volumeMm3", price::float8 AS price FROM orders WHERE order_id = $12;',
      'BEGIN',
    ])
      assert.match(statement, new RegExp(sqlWithoutValues));
  });

  it('leaves SQL with values, comments and numbers to a closer look', () => {
    for (const statement of [
      "UPDATE staff SET password = 'hunter'",
      'SELECT $q$ivan$q$',
      'SELECT 1 /* ivan */ FROM t',
      'SELECT 1 -- ivan',
      'SELECT * FROM t WHERE phone = 79161234567',
      'SELECT * FROM t WHERE cvv = 737',
      '06 39 98 12 34',
      'SELECT AKIAIOSFODNN7EXAMPLE',
      'SELECT eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
      '{"password": "hunter"}',
      'имя = Иван',
      'name=Ivan%20Petrov',
      'ivan@example.com',
    ])
      assert.doesNotMatch(statement, new RegExp(sqlWithoutValues), statement);
  });

  it('is refused when a list is too long for one pass', () => {
    const values = Array.from({ length: 400 }, (_, i) => `${'abcdefghij'[i % 10]}${i}.key`);
    assert.throws(
      () => ordinaryAttributes({ ...policy, ordinary_keys: { texts: [], values } }),
      (error) => error instanceof ListError && /ordinary_keys is too long/.test(error.message),
    );
  });
});
