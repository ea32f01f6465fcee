import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { defaultPolicyFile } from './files.js';
import { PolicyError, parsePolicy } from './load.js';
import { policyMark } from './mark.js';

const text = readFileSync(defaultPolicyFile, 'utf8');

const own = (fields: string) => `own: { ours: { about: ours, ${fields} } }`;
const form = (fields: string) => `forms: [{ pattern: 'QX[0-9]{6}', hint: [QX1], ${fields} }]`;

describe('a policy', () => {
  const faults: [what: string, from: string, to: string, message: RegExp][] = [
    ['an unknown field', "\nmask: '****'", "\nmask: '****'\nfil: 1", /p\.yaml:\d+:6: fil: there is no such field here/],
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
    [
      'digits the wrong way round',
      'digits: 6-15',
      'digits: 15-6',
      /:\d+:\d+: kinds\.phone\.digits: must be a number of .* '6-15'/,
    ],
    [
      'endless digits',
      'digits: 6-15',
      'digits: 0-99999',
      /kinds\.phone\.digits: must be .* from 3 to 20, the smaller first/,
    ],
    [
      'prefixes the wrong way round',
      '2200-2204',
      '9999-1',
      /kinds\.card\.prefixes\.0: must be .* such as 4 or 2200-2204/,
    ],
    [
      'a hint in another letter case',
      'hint: [AIza]',
      'hint: [aiza]',
      /forms\.\d+\.hint\.0: 'aiza' is no part of the pattern; a hint/,
    ],
    ['a hint of something else', 'hint: [AIza]', 'hint: [AIza, Iza, AIzZ]', /hint\.2: 'AIzZ' is no part/],
    [
      'a form of nothing',
      "'npm_[0-9A-Za-z]{36}'",
      "'(?:npm_)?[0-9]{0,9}'",
      /pattern: the pattern matches an empty text; something/,
    ],
    [
      'an unknown country',
      'countries: [RU, US',
      'countries: [RU, XX',
      /:\d+:\d+: countries\.1: is no country .* such as GB/,
    ],
    [
      'digits without context',
      'own: {}',
      own("keys: [ours], digits: '4'"),
      /own\.ours\.digits: counts only beside a context word; list/,
    ],
    [
      'a recogniser without context',
      'own: {}',
      own('recognise: [digits]'),
      /own\.ours\.recognise\.0: 'digits' counts only/,
    ],
    [
      'a form without its context',
      'own: {}',
      own(form('context_only: true')),
      /own\.ours\.forms\.0\.context_only: needs words/,
    ],
    [
      'a kind of nothing',
      'own: {}',
      own('context: [ours]'),
      /own\.ours: finds nothing; give it keys, forms or recognise/,
    ],
    [
      'a hash that keeps something',
      'keep: domain',
      'keep: domain\n    replace: hash',
      /kinds\.email\.keep: a hash keeps nothing visible/,
    ],
    ['a form that spares anything', "'[0-9a-f]{16,32}'", "'.{0,1000}'", /never_touched\.0\.form: .* empty text/],
    [
      'a form that spares any sign',
      "'[0-9a-f]{16,32}'",
      "'x.{1,9}'",
      /never_touched\.0\.form: the form takes any sign by/,
    ],
    [
      'a form that spares nearly any sign',
      "'[0-9a-f]{16,32}'",
      "'[^x]{1,9}'",
      /never_touched\.0\.form: the form takes any sign by/,
    ],
    [
      'a form that spares a mail address',
      "'[0-9a-f]{16,32}'",
      "'[!-~]{1,99}'",
      /never_touched\.0\.form: the form would spare 'ivan@example\.com'; write the signs out/,
    ],
    [
      'a context word without a letter',
      'context: [card,',
      'context: [№, card,',
      /kinds\.card\.context\.0: must hold a letter/,
    ],
    [
      'a key without a word',
      'keys: [card,',
      'keys: [---, card,',
      /:\d+:\d+: kinds\.card\.keys\.0: names no key: it must hold a word/,
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

  it('that is empty, or no map, says so', () => {
    for (const empty of ['', '# nothing\n', '---\n'])
      assert.throws(
        () => parsePolicy(empty, 'p.yaml'),
        /^PolicyError: p\.yaml:1:1: the file is empty; privacy\/policy\.yaml/,
      );
    assert.throws(
      () => parsePolicy('- 1', 'p.yaml'),
      /^PolicyError: p\.yaml:1:1: the file must hold fields such as 'version: 1'/,
    );
  });

  it('may have forms of its own beside context words, and hints for a part of what they match', () => {
    const made = own(`context: [bonus], ${form('context_only: true, checksum: luhn')}`);
    assert.ok(parsePolicy(text.replace('own: {}', made)).own.ours);
  });

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
