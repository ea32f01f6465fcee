import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { countsOf } from './scan.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });
const found = (field: string, value: unknown = 1) => Object.fromEntries(countsOf(redactor, field, value));

describe('a field that npm run redact -- --scan looks at', () => {
  it('is no finding by a key that is masked already', () => {
    for (const field of ['attributes.m.****@leak.example', 'attributes.****@leak.example', 'attributes.m.****.calls'])
      assert.deepEqual(found(field), {}, field);
  });

  it('is one by a key that is not, or only in part', () => {
    assert.deepEqual(found('attributes.m.ivan@leak.example'), { key: 1 });
    assert.deepEqual(found('attributes.ivan@leak.example.****'), { key: 1 });
  });

  it('is one by its value, whatever its key', () => {
    assert.deepEqual(found('attributes.m.****@leak.example', 'ivan@example.com'), { email: 1 });
  });
});
