import assert from 'node:assert/strict';
import { limits } from '../settings/limits.js';
import { cutText, toAnyValue } from './values.js';

const front = (text: string, longest: number) => cutText(text, longest).replace(/… \[cut, \d+ characters\]$/, '');
const filler = 'word '.repeat(100);

describe('a text that is cut', () => {
  it('ends before the word at the cut, whole as that may be', () => {
    const text = `${filler}mail ivan.petrov@example.com, and more`;
    for (let longest = filler.length + 6; longest < text.indexOf(','); longest += 1)
      assert.equal(front(text, longest), `${filler}mail`);
    assert.equal(cutText(text, text.length), text);
  });

  it('ends before a card or a phone number that goes on behind the cut', () => {
    for (const number of ['4111 1111 1111 1111', '+7 (916) 123-45-67', '8 916 123.45.67']) {
      const text = `${filler}paid with ${number} today`;
      for (let taken = 1; taken <= number.length; taken += 1)
        assert.match(front(text, `${filler}paid with `.length + taken), /word paid( with)?$/, `${number} ${taken}`);
    }
  });

  it('loses 200 characters at most', () => {
    assert.equal(front('x'.repeat(5_000), 1_000), 'x'.repeat(1_000));
    assert.equal(front(`a ${'x'.repeat(5_000)}`, 1_000).length, 1_000);
    assert.equal(front('12 '.repeat(5_000), 1_000).length, 800);
    assert.equal(front('a b', 0), '');
  });

  it('is so in an attribute, and in bytes', () => {
    const mail = 'ivan.petrov@example.com';
    const attribute = `${'word '.repeat(limits.attributeChars / 5 - 2)}${mail}${' x'.repeat(100)}`;
    assert.doesNotMatch(String(toAnyValue(attribute)), /ivan/);
    const bytes = Buffer.from(`${'word '.repeat(limits.messageContentBytes / 5 - 2)}${mail}${' x'.repeat(100)}`);
    assert.match(String(toAnyValue(bytes)), /word… \[cut, \d+ bytes\]$/);
  });
});
