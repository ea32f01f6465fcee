import assert from 'node:assert/strict';
import { maskQuotedValues } from './quoted-values.js';

/** Messages of PostgreSQL and MySQL, with what may be stored of them. */
const messages: readonly (readonly [string, string])[] = [
  ['invalid input syntax for type integer: "Rose Tanner"', 'invalid input syntax for type integer: "?"'],
  ['invalid input syntax for type json: "{"name": "Rose"}"', 'invalid input syntax for type json: "?"'],
  ['value "99999999999" is out of range for type integer', 'value "?" is out of range for type integer'],
  ['invalid input value for enum mood: "happy"', 'invalid input value for enum mood: "?"'],
  ['syntax error at or near "Rose"', 'syntax error at or near "?"'],
  ["Duplicate entry 'rose@example.com' for key 'people.email'", "Duplicate entry '?' for key 'people.email'"],
  [
    "Incorrect integer value: 'Rose' for column 'size' at row 1",
    "Incorrect integer value: '?' for column 'size' at row 1",
  ],
];
const unchanged = [
  'relation "no_such_table" does not exist',
  'duplicate key value violates unique constraint "people_email_key"',
  'null value in column "name" of relation "rings" violates not-null constraint',
  'password authentication failed for user "shop"',
  "Table 'shop.rings' doesn't exist",
  'connect ECONNREFUSED 127.0.0.1:5432',
];

describe('the message of a database error', () => {
  for (const [message, masked] of messages)
    it(`loses its values: ${masked}`, () => assert.equal(maskQuotedValues(message), masked));
  for (const message of unchanged)
    it(`keeps its names: ${message}`, () => assert.equal(maskQuotedValues(message), message));
});
