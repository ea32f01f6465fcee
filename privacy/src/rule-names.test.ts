import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const policy = readPolicy();
const redactor = compilePolicy(
  {
    ...policy,
    own: {
      loyalty_card: {
        about: 'Our loyalty cards',
        keys: ['loyalty card', 'hml'],
        forms: [{ pattern: 'HML[0-9]{10}', hint: ['HML'] }],
      },
    },
  },
  { loadPhones },
);
const rules = (text: string) => redactor.explain(text).map(({ rule }) => rule);

describe('the name of a rule that is printed', () => {
  it("has the policy's words for a key, and not the words around it", () => {
    assert.deepEqual(rules('Ivan Petrov password: hunter2'), ["key 'password'"]);
    assert.deepEqual(rules('order 79161234567 customer.homePhone=12'), ["key 'phone'"]);
    assert.deepEqual(rules('HML1234567897 hml: x'), ['written form', "key 'hml'"]);
    assert.deepEqual(rules('--db-password hunter2'), ["option 'password'"]);
  });

  it('keeps the context word', () => {
    assert.deepEqual(rules("driver's license B7654321"), ["context word 'driver's license'"]);
  });
});
