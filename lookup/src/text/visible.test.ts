import assert from 'node:assert/strict';
import { fit, safeJson, visible, widthOf, wrap } from './visible.js';

describe('hostile text', () => {
  const cases: [name: string, hostile: string, shown: string][] = [
    ['an ANSI escape', '\u001b[31mred', '\\x1b[31mred'],
    ['an eight-bit control sequence', '\u009b2J', '\\x9b2J'],
    ['line ends and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['a right-to-left override', 'exe\u202egnp', 'exe\\u{202e}gnp'],
    ['a zero-width space and a byte order mark', 'a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['half of a surrogate pair', 'a\ud83db', 'a\\u{d83d}b'],
    ['a backspace over what was there', 'abc\b\b\b', 'abc\\x08\\x08\\x08'],
  ];
  for (const [name, hostile, shown] of cases) {
    it(`shows ${name} as text`, () => assert.equal(visible(hostile), shown));
  }

  it('leaves other scripts and emoji as they are', () => {
    assert.equal(visible('кольцо 指輪 💍'), 'кольцо 指輪 💍');
  });

  it('cuts 5 MB', () => {
    assert.ok(visible('x'.repeat(5_000_000)).length < 3_000);
    assert.ok(visible(`e${'\u0301'.repeat(5_000_000)}`).length < 3_000);
  });

  it('in JSON is escaped and reads back the same', () => {
    const document = { text: 'a\u009b\u202e\u{f0000}b\u001b' };
    const json = safeJson(JSON.stringify(document));
    assert.match(json, /^[\x20-\x7e]*$/);
    assert.deepEqual(JSON.parse(json), document);
  });
});

describe('the room of a text', () => {
  it('counts wide characters as two columns', () => {
    assert.equal(widthOf('指輪'), 4);
    assert.equal(fit('指輪指輪', 6), '指輪…');
  });

  it('is kept with an ellipsis', () => assert.equal(fit('abcdef', 4), 'abc…'));

  it('is broken at spaces, and cut at the last line', () => {
    assert.deepEqual(wrap('the mesh is open: 14 edges have one triangle', 18, 2), [
      'the mesh is open:',
      '14 edges have one…',
    ]);
  });
});
