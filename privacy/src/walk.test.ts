import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

/** Values whose listed name stands beside them instead of above. */
const named: Record<string, [value: object, clean: object]> = {
  'the arguments of a command line': [
    { args: ['node', 'x.js', '--db-password', 'hunter2', '--pin', 1234, '--port', '80', '--no-password', 'x'] },
    { args: ['node', 'x.js', '--db-password', '****', '--pin', '****', '--port', '80', '--no-password', 'x'] },
  ],
  'a change, in any letter case': [
    { Field: 'phone', Old: '12', newValue: '34', other: '56' },
    { Field: 'phone', Old: '****', newValue: '****', other: '56' },
  ],
  'a change, when the values stand before the name': [
    { old: 'a ivan@example.com', field: 'phone', new: 'b ivan@example.com' },
    { old: '****', field: 'phone', new: '****' },
  ],
  'a change under a prefix': [
    { 'audit.field': 'phone', 'audit.old': '12', old: '34' },
    { 'audit.field': 'phone', 'audit.old': '****', old: '34' },
  ],
  'a path': [
    {
      errors: [
        { path: 'phone', value: '12' },
        { path: ['user', 'password'], value: 'x y' },
        { path: '/a/b', value: 'c' },
      ],
    },
    {
      errors: [
        { path: 'phone', value: '****' },
        { path: ['user', 'password'], value: '****' },
        { path: '/a/b', value: 'c' },
      ],
    },
  ],
  'a list of fields': [
    {
      fields: [
        { name: 'phone', values: ['12', '13'] },
        { name: 'city', values: ['Perm'] },
      ],
    },
    {
      fields: [
        { name: 'phone', values: ['****', '****'] },
        { name: 'city', values: ['Perm'] },
      ],
    },
  ],
  'keys and values in nested lists': [
    { a: [[{ key: 'password', value: 'x y' }]] },
    { a: [[{ key: 'password', value: '****' }]] },
  ],
  'columns and a row': [
    { columns: ['phone', 'city'], row: ['12', 'Perm'], values: ['12'] },
    { columns: ['phone', 'city'], row: ['****', 'Perm'], values: ['12'] },
  ],
  'columns and rows': [
    {
      fields: [{ name: 'id' }, { name: 'phone' }],
      rows: [
        [7, '12'],
        [8, 13],
      ],
    },
    {
      fields: [{ name: 'id' }, { name: 'phone' }],
      rows: [
        ['7', '****'],
        ['8', '****'],
      ],
    },
  ],
  entries: [
    {
      form: [
        ['password', 'x y'],
        ['city', 'Perm'],
      ],
      columns: [['phone', 'email']],
    },
    {
      form: [
        ['password', '****'],
        ['city', 'Perm'],
      ],
      columns: [['phone', 'email']],
    },
  ],
};

describe('a value whose name stands beside it', () => {
  for (const [where, [value, clean]] of Object.entries(named)) {
    it(`is masked in ${where}`, () => assert.deepEqual(redactRecord(redactor, value).record, clean));
  }

  it('is not the value of a key that ends with an address of a machine', () => {
    const record = { seen: { 'bind address 0.0.0.0:8080': { times: 2 }, 'home address 2': 'x' } };
    assert.deepEqual(redactRecord(redactor, record).record, {
      seen: { 'bind address 0.0.0.0:8080': { times: 2 }, 'home address 2': '****' },
    });
  });

  it('leaves a number under a key that says what it is', () => {
    const record = { order: 79161234567, 'shop.orderId': 79161234567, caller: 79161234567 };
    assert.deepEqual(redactRecord(redactor, record).record, { ...record, caller: '****' });
  });

  it('takes no more time the deeper it lies', () => {
    const nested = (depth: number): object => ({ field: 'phone', old: depth === 0 ? '12' : nested(depth - 1) });
    const before = process.cpuUsage().user;
    redactRecord(redactor, nested(60));
    assert.ok(process.cpuUsage().user - before < 1e6);
  });
});
