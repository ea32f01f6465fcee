import assert from 'node:assert/strict';
import { caretLines } from './caret.js';

describe('the caret', () => {
  it('stands under what is wrong, also after wide and unsafe characters', () => {
    assert.deepEqual(caretLines('kiln level:eror', { column: 12, length: 4 }), ['kiln level:eror', '           ^^^^']);
    assert.deepEqual(caretLines('窯\u001b x:', { column: 4, length: 2 }), ['窯\\x1b x:', '       ^^']);
  });

  it('shows the part around it of a long query', () => {
    const [line, caret] = caretLines(`${'a'.repeat(500)} @ ${'b'.repeat(500)}`, { column: 502, length: 1 });
    assert.equal(line.length, 83);
    assert.equal(line[caret.indexOf('^')], '@');
  });
});
