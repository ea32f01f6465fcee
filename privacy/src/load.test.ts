import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { defaultPolicyFile } from './files.js';
import { PolicyError, parsePolicy } from './load.js';
import { policyMark } from './mark.js';

const text = readFileSync(defaultPolicyFile, 'utf8');

describe('a policy', () => {
  const faults: [what: string, from: string, to: string, message: RegExp][] = [
    ['an unknown field', "\nmask: '****'", "\nmask: '****'\nfil: 1", /p\.yaml:\d+:\d+: .*fil/],
    ['a wrong value', 'keep: domain', 'keep: everything', /p\.yaml:\d+:\d+: kinds\.email\.keep: /],
    [
      'a pattern without a bound',
      "'npm_[0-9A-Za-z]{36}'",
      "'npm_[0-9A-Za-z]+'",
      /p\.yaml:\d+:\d+: kinds\.token\.forms\.\d+\.pattern: the pattern has \* or \+; give a bound/,
    ],
    [
      'ordinary words that are a listed key together',
      'ordinary_words: [',
      'ordinary_words: [card, ',
      /p\.yaml:\d+:\d+: ordinary_words\.0: these words together are listed as 'card'/,
    ],
    [
      'an own kind with the name of another',
      'own: {}',
      'own: { card: { about: ours } }',
      /p\.yaml:\d+:\d+: own\.card: there is a kind of this name already; give yours another one, such as our_card/,
    ],
    ['YAML that is none', 'version: 1', 'version: [1', /p\.yaml:\d+:\d+: /],
  ];
  for (const [what, from, to, message] of faults) {
    it(`with ${what} is refused with line and column`, () => {
      assert.ok(text.includes(from));
      assert.throws(
        () => parsePolicy(text.replace(from, to), 'p.yaml'),
        (error) => error instanceof PolicyError && message.test(error.message),
      );
    });
  }

  it('names the line of the fault', () => {
    const line = text.slice(0, text.indexOf('keep: domain')).split('\n').length;
    assert.throws(
      () => parsePolicy(text.replace('keep: domain', 'keep: everything'), 'p.yaml'),
      new RegExp(`p\\.yaml:${line}:`),
    );
  });

  it('has another mark after any change', () => {
    assert.notEqual(
      policyMark(parsePolicy(text)),
      policyMark(parsePolicy(text.replace('keep: domain', 'keep: nothing'))),
    );
  });
});
