import assert from 'node:assert/strict';
import { newOrderId, ORDER_ID } from './order-id.js';

describe("an order's number", () => {
  it('is ORD- and ten base32 characters, each time others', () => {
    const numbers = Array.from({ length: 2_000 }, newOrderId);
    for (const number of numbers) assert.match(number, /^ORD-[A-Z2-7]{10}$/);
    assert.equal(new Set(numbers).size, numbers.length);
    const used = new Set(numbers.flatMap((number) => [...number.slice(4)]));
    assert.equal(used.size, 32, 'every character of the alphabet occurs');
  });

  it('is told from what is none', () => {
    for (const wrong of [
      'ORD-abcdefghij',
      'ORD-ABCDEFGHI',
      'ORD-ABCDEFGHIJK',
      'ORD-ABCDEFGH01',
      ' ORD-ABCDEFGHIJ',
      'ORD-ABCDEFGHIJ\n',
    ]) {
      assert.doesNotMatch(wrong, ORDER_ID, JSON.stringify(wrong));
    }
  });
});
