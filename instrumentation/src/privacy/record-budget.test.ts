import assert from 'node:assert/strict';
import { toAnyValue } from '../winston/values.js';
import { cutToBudget } from './record-budget.js';

const charsOf = (value: unknown) => JSON.stringify(value).length;

describe('the budget of a record', () => {
  it('leaves a record below it as it is', () => {
    const nested = { inner: ['a', 1, true] };
    const item = { body: 'b'.repeat(65_536), attributes: { text: 'x'.repeat(60_000), nested } };
    cutToBudget(item);
    assert.equal(item.attributes.text.length, 60_000);
    assert.equal(item.attributes.nested, nested);
  });

  it('cuts 128 long attributes to 65,536 characters in all, and says of each that is cut how long it was', () => {
    const names = Array.from({ length: 128 }, (_value, index) => `key${index}`);
    const attributes: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, 'x'.repeat(8_192)]));
    cutToBudget({ attributes });
    assert.deepEqual(Object.keys(attributes), names);
    assert.equal(attributes.key6, 'x'.repeat(8_192));
    assert.match(String(attributes.key7), /^x+… \[cut, 8192 characters\]$/);
    assert.equal(attributes.key127, '… [cut, 8192 characters]');
    const texts = Object.values(attributes).map((value) => String(value).replace(/… \[cut.*/, ''));
    assert.ok(texts.join('').length <= 65_536);
  });

  it('holds for what is nested, for long names, for a body that is an object, and for the events of a span', () => {
    const list = Array.from({ length: 100_000 }, (_value, index) => ({ [`name${index}`]: 'value' }));
    const item = {
      body: { deep: 'y'.repeat(1_000_000) } as unknown,
      attributes: { list, ['k'.repeat(1_000_000)]: 1 } as Record<string, unknown>,
      events: [{ attributes: { 'exception.message': 'z'.repeat(1_000_000) } as Record<string, unknown> }],
    };
    cutToBudget(item);
    assert.ok(charsOf(item) < 160_000, `${charsOf(item)}`);
    assert.match(
      charsOf(item.attributes.list) > 1_000 ? String((item.attributes.list as unknown[]).at(-1)) : '',
      /100000 items/,
    );
    assert.equal(item.events[0]?.attributes['exception.message'], '… [cut, 1000000 characters]');
    assert.equal(list.length, 100_000, "the service's own list is as it was");
  });

  it('ends for an object that has itself more often than can be counted', () => {
    let tree: Record<string, unknown> = { leaf: 'leaf' };
    for (let depth = 0; depth < 6; depth += 1) {
      const below = tree;
      tree = Object.fromEntries(Array.from({ length: 128 }, (_value, index) => [`branch${index}`, below]));
    }
    assert.ok(charsOf(toAnyValue(tree)) < 1_000_000);
    const attributes: Record<string, unknown> = { tree };
    cutToBudget({ attributes });
    assert.ok(charsOf(attributes) < 200_000);
  });
});
