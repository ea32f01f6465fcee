import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from '../files.js';
import { compilePolicy } from '../redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a street in English', () => {
  it('is no sentence with a number and a word that streets have too', () => {
    for (const text of ['12 Monkeys Way to go', 'step 3 Go Drive', '12 Monkeys Way to go, 3 Go Close'])
      assert.equal(redactor.text(text), text);
  });

  it('is masked in a sentence, and with its town', () => {
    for (const [text, clean] of [
      ['he lives at 14 Oak Drive since 2010', 'he lives at **** since 2010'],
      ['12 Elm Street since 2010', '**** since 2010'],
      ['14 Oak Drive, Leeds', '****'],
      ['sent to: 3 Kings Way', 'sent to: ****'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });
});
