import assert from 'node:assert/strict';
import { type Cases, runCases } from './cases.js';
import { partsStartMs, theParts } from './parts.js';

/** Statements of each case as they may be stored: values replaced, parameters by number. */
const statements: Readonly<Record<string, readonly string[]>> = {
  pool: ['SELECT $1::int AS n'],
  client: ['SELECT $1::text AS t'],
  callback: ['SELECT ? AS n'],
  'callback of a pool': ['SELECT $1::int AS n'],
  'prepared statement': ['SELECT $1::int AS n'],
  'query object': ['SELECT ? AS n'],
  cursor: ['SELECT n FROM generate_series(?, $1) AS n'],
  'cursor that is closed early': ['SELECT n FROM generate_series(?, ?) AS n', 'SELECT ? AS after'],
  transaction: [
    'CREATE TEMPORARY TABLE rings (id int, name text)',
    'BEGIN',
    'INSERT INTO rings VALUES (?, ?)',
    'SELECT count(*)::int AS n FROM rings',
    'ROLLBACK',
    'SELECT count(*)::int AS n FROM rings',
  ],
  literals: ['SELECT ? AS email, ? AS card, ? AS name, ? AS e'],
};

/** Class and message of what failed, by PostgreSQL's own codes or Node's. */
const failures: Readonly<Record<string, { readonly type: string; readonly operation: string; readonly says: RegExp }>> =
  {
    error: { type: '42P01', operation: 'SELECT', says: /relation "no_such_table" does not exist/ },
    'query object that fails': { type: '42703', operation: 'SELECT', says: /column "nothing_there" does not exist/ },
    'cursor that fails': { type: '22012', operation: 'SELECT', says: /division by zero/ },
    constraint: { type: '23505', operation: 'INSERT', says: /violates unique constraint "people_email_key"/ },
    'time-out of the server': { type: '57014', operation: 'SELECT', says: /statement timeout/ },
    'time-out of the client': { type: 'Error', operation: 'SELECT', says: /Query read timeout/ },
    refused: { type: 'ECONNREFUSED', operation: 'CONNECT', says: /ECONNREFUSED 127\.0\.0\.1:1/ },
    'wrong password': { type: '28P01', operation: 'CONNECT', says: /password authentication failed/ },
    'exhausted pool': { type: 'Error', operation: 'CONNECT', says: /timeout exceeded when trying to connect/ },
    'connection that breaks': { type: '57P01', operation: 'SELECT', says: /terminating connection/ },
  };

/** Values of the cases: as parameters, as literals, in a connection string and in what the server says. */
const values = ['Rose Tanner', 'rose@example.com', '4111111111111111', "O'Hara", 'secretword'];

describe('pg under the preload', function () {
  this.timeout(partsStartMs);
  let cases: Cases;

  before(async () => {
    cases = await runCases(['pg-cases.cjs', (await theParts()).databaseUrl]);
  });

  it('gives the service the results and the errors that it gives without', () => {
    assert.deepEqual(cases.observed, cases.bare);
    assert.ok(cases.names.length > 20);
  });

  for (const [name, expected] of Object.entries(statements)) {
    it(`records each statement once, without its values: ${name}`, () => {
      const queries = cases.of(name).event('db.query');
      assert.deepEqual(
        queries.map(({ attributes }) => attributes['db.query.text']),
        expected,
      );
      for (const { attributes, spanId } of queries) {
        const span = cases.of(name).spans.find((one) => one.spanId === spanId);
        assert.equal(span?.attributes['db.query.text'], attributes['db.query.text']);
        assert.equal(attributes['db.operation.name'], String(attributes['db.query.text']).split(' ')[0]);
        assert.equal(attributes['db.namespace'], 'postgres');
        assert.equal(attributes['db.status'], 'ok');
        assert.ok(Number(attributes['db.client.operation.duration']) > 0);
      }
    });
  }

  for (const [name, { type, operation, says }] of Object.entries(failures)) {
    it(`records one failure and says why: ${name}`, () => {
      const [failed, ...more] = cases.of(name).event('db.query_failed');
      assert.deepEqual(more, []);
      assert.equal(failed?.severityText, 'ERROR');
      assert.equal(failed?.attributes['error.type'], type);
      assert.equal(failed?.attributes['db.operation.name'], operation);
      assert.match(String(failed?.attributes['exception.message']), says);
      assert.equal(failed?.attributes['db.status'], 'error');
    });
  }

  it('sends no value of a parameter, a literal, a password or an error', () => {
    const leaked = values.filter((value) => cases.sent.includes(value));
    assert.deepEqual(leaked, []);
    assert.match(cases.sent, /invalid input syntax for type integer/);
  });

  it('makes no span for a connection that a pool opens or hands out', () => {
    assert.deepEqual(cases.of('idle pool').kind('client').slice(1), []);
    const connects = cases.names
      .filter((name) => failures[name]?.operation !== 'CONNECT')
      .flatMap((name) => cases.of(name).spans.filter((span) => span.name.includes('connect')));
    assert.deepEqual(connects, []);
  });

  it("ends a cursor's span when the cursor is done, not when it is opened", () => {
    const [query] = cases.of('one connection').event('db.query');
    assert.ok(Number(query?.attributes['db.client.operation.duration']) >= 0.02);
    for (const name of ['cursor', 'cursor that is closed early']) {
      const [first] = cases.of(name).event('db.query');
      assert.ok(Number(first?.attributes['db.client.operation.duration']) > 0, name);
    }
  });
});
