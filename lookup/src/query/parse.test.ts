import assert from 'node:assert/strict';
import { parseQuery } from './parse.js';
import { QueryError } from './query-error.js';

describe('the search language', () => {
  it('reads words, phrases, fields, comparisons, attributes and what must not be there', () => {
    assert.deepEqual(parseQuery('kiln "open mesh" service:mes-api status>=500 -cold @order.status:paid'), [
      { negated: false, kind: 'words', text: 'kiln', phrase: false },
      { negated: false, kind: 'words', text: 'open mesh', phrase: true },
      { negated: false, kind: 'text', field: 'service', value: 'mes-api', phrase: false },
      { negated: false, kind: 'number', field: 'status', comparison: '>=', value: 500 },
      { negated: true, kind: 'words', text: 'cold', phrase: false },
      { negated: false, kind: 'attribute', name: 'order.status', comparison: ':', value: 'paid' },
    ]);
  });

  it('takes a level by its name and a duration by its unit', () => {
    assert.deepEqual(parseQuery('level>=WARN'), [{ negated: false, kind: 'level', comparison: '>=', level: 'warn' }]);
    const ns = (text: string) => parseQuery(text).map((each) => (each.kind === 'number' ? each.value : undefined));
    assert.deepEqual(ns('duration>500 duration<2s duration:1.5ms'), [500e6, 2e9, 1.5e6]);
  });

  it('takes what is quoted for what it is: spaces, signs, escaped quotes', () => {
    assert.deepEqual(parseQuery('-message:"a \\"b\\" c:d" "http://x"'), [
      { negated: true, kind: 'text', field: 'message', value: 'a "b" c:d', phrase: true },
      { negated: false, kind: 'words', text: 'http://x', phrase: true },
    ]);
  });

  it('takes signs inside of a word for a part of it', () => {
    assert.deepEqual(
      parseQuery('ORD-7K2 a@b 12:30').map((each) => (each.kind === 'words' ? each.text : undefined)),
      ['ORD-7K2', 'a@b', '12:30'],
    );
  });

  it('takes operators of other languages in quotes, and what the redaction left, for what they are', () => {
    assert.deepEqual(
      parseQuery('or "OR" "kil*" @card:****6677').map((each) =>
        'value' in each ? each.value : 'text' in each && each.text,
      ),
      ['or', 'OR', 'kil*', '****6677'],
    );
  });

  it('finds everything where nothing is asked', () => {
    assert.deepEqual(parseQuery('  '), []);
  });

  const wrong: [query: string, column: number, length: number, says: RegExp][] = [
    ['kiln servce:mes-api', 6, 6, /no field 'servce'; fields are service, level/],
    ['level:eror', 7, 4, /'eror' is not a level; right would be trace, debug, info, warn, error, fatal/],
    ['kiln "open mesh', 6, 10, /quote is not closed/],
    ['kiln "open"mesh', 12, 1, /after a closing quote comes a space/],
    ['status:abc', 8, 3, /'abc' is not an HTTP status, ok, error or unset/],
    ['duration>fast', 10, 4, /'fast' is not a duration; right would be 500 \(ms\), 500ms, 2s, 1m/],
    ['duration>9223372036855', 10, 13, /'9223372036855' is beyond what any record can hold/],
    ['status:99999999999999999999', 8, 20, /is beyond what any record can hold/],
    ['@order.price>-9223372036854775808', 14, 20, /is beyond what any record can hold/],
    ['service>mes', 8, 1, /'service' is a text and can't be compared; right would be service:mes/],
    ['order:', 1, 6, /order: has no value/],
    ['cold - kiln', 6, 1, /'-' stands before what must not be there/],
    ['@ x', 1, 1, /'@' needs an attribute's name and a value/],
    ['@order.price>much', 14, 4, /'much' is not a number/],
    ['cold OR kiln', 6, 2, /there is no OR: all of it must hold; look for each by itself; in quotes, "OR" is a word/],
    ['cold AND kiln', 6, 3, /there is no AND: all of it must hold without it/],
    ['NOT cold', 1, 3, /there is no NOT: all of it must hold; right would be -cold/],
    ['cold kil*', 9, 1, /there are no wildcards: words and ids are found whole/],
    ['order:ORD-*', 11, 1, /there are no wildcards/],
    ['""', 1, 2, /a phrase needs a word/],
    ['http://x', 1, 4, /no field 'http'.*a text goes in quotes/],
  ];
  for (const [query, column, length, says] of wrong) {
    it(`points at what is wrong in ${query}`, () => {
      assert.throws(
        () => parseQuery(query),
        (error: unknown) => {
          assert.ok(error instanceof QueryError);
          assert.match(error.message, says);
          assert.deepEqual([error.column, error.length], [column, length]);
          return true;
        },
      );
    });
  }

  it('refuses what is too long to be meant', () => {
    assert.throws(() => parseQuery('x'.repeat(2_001)), QueryError);
    assert.throws(() => parseQuery('x '.repeat(51)), /more than 50 conditions/);
  });
});
