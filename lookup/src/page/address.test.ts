import assert from 'node:assert/strict';
import { changed, readAddress, writeAddress } from './address.js';
import { readStoryName, storyName } from './story-name.js';

describe('the address of the page', () => {
  it('says everything that is shown, and is read back the same', () => {
    const address = {
      q: 'kiln "a b" @x:1&y=é',
      story: 'order:ORD-1',
      since: '24h',
      view: 'timeline',
      at: 'r1',
      closed: 't0,ab12',
      tz: 'utc',
      theme: 'dark',
    } as const;
    assert.deepEqual(readAddress(writeAddress(address).slice(1)), address);
  });

  it('leaves out what can’t be understood', () => {
    assert.deepEqual(readAddress('?view=sideways&theme=pink&other=1&q='), {});
    assert.equal(writeAddress({}), '/');
  });

  it('takes away what a change takes away', () => {
    assert.deepEqual(changed({ q: 'a', live: '1' }, { live: undefined, at: 'r2' }), { q: 'a', at: 'r2' });
  });

  it('names every kind of story, and reads the name back', () => {
    for (const asked of [
      { orderId: 'ORD-1:2' },
      { traceId: 'ab' },
      { spanId: 'cd' },
      { messageId: 'm=1' },
      { attribute: 'customer.id', value: 'c=1' },
      { query: 'a:b "c"' },
    ]) {
      assert.deepEqual(readStoryName(storyName(asked)), asked);
    }
    for (const name of ['', 'order:', 'nothing', 'attribute:x', 'other:1'])
      assert.equal(readStoryName(name), undefined);
  });
});
