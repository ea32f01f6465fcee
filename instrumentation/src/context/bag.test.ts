import assert from 'node:assert/strict';
import { Bag } from './bag.js';
import { takeIn } from './propagation.js';

describe('a bag', () => {
  it('keeps the first value and that value again', () => {
    const bag = new Bag();
    bag.observe('order.id', 'ORD-1');
    bag.observe('order.id', 'ORD-1');
    assert.equal(bag.get('order.id'), 'ORD-1');
  });

  it('carries a key no further once two different values were seen', () => {
    const bag = new Bag();
    bag.observe('order.id', 'ORD-1');
    bag.observe('order.id', 'ORD-2');
    bag.observe('order.id', 'ORD-1');
    assert.equal(bag.get('order.id'), undefined);
    assert.deepEqual([...bag.entries()], []);
  });

  it('takes numbers as texts, and nothing that is no identifier', () => {
    const bag = new Bag();
    bag.observe('customer.id', 42);
    for (const value of [undefined, null, '', {}, [], true, 'x'.repeat(300)]) bag.observe('order.id', value);
    assert.deepEqual([...bag.entries()], [['customer.id', '42']]);
  });

  it('takes configured keys of a baggage header, decoded, properties ignored', () => {
    const bag = new Bag();
    takeIn(bag, 'order.id=ORD%2D1;ttl=3, other=x ,customer.id = c%201,broken=%E0%A4%A', [
      'order.id',
      'customer.id',
      'broken',
    ]);
    assert.deepEqual(
      [...bag.entries()],
      [
        ['order.id', 'ORD-1'],
        ['customer.id', 'c 1'],
      ],
    );
  });

  it('ignores a header that is no text or endless', () => {
    const bag = new Bag();
    takeIn(bag, undefined, ['order.id']);
    takeIn(bag, `order.id=1,${'x'.repeat(9_000)}`, ['order.id']);
    assert.deepEqual([...bag.entries()], []);
  });
});
