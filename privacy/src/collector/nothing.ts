import type { Policy } from '../schema.js';
import { tellingWord } from '../word-table.js';
import { partsOf, type SuspectWord, withoutWords } from './word-automaton.js';

/** Words are told by their first letters, shorter ones by all of theirs. */
const wordLetters = 5;
/** Signs between words of a text that may hold nothing: ASCII without letters, @ % and backslash; and all that are no small letter. */
const plainSigns = '\\x00-\\x24\\x26-\\x3f\\x5b\\x5d-\\x60\\x7b-\\x7f';
const anySigns = '^a-z';
const streets =
  'st street ave avenue rd road blvd boulevard ln lane dr drive ct court sq square way pl place terrace close crescent highway hwy parkway pkwy rue quai chemin impasse calle avenida paseo plaza via viale piazza corso rua ulica aleja';
const authSchemes = ['bearer', 'basic', 'digest', 'negotiate'];
/** Endings of German street names; the others begin a word. */
const streetEndings = ['strasse ', 'str[.] ', 'weg ', 'platz ', 'allee ', 'gasse '];

/** What tells cheaply, and without a doubt, that a text holds nothing. Expressions must all match, literals must not stand in it. */
export interface Nothing {
  /** Of any record. */
  readonly literals: readonly string[];
  /** In small letters, of a record that was redacted in its process: no prefix of a token, no encoding, no sign beyond ASCII. */
  readonly prefixes: readonly string[];
  /** In small letters, of any other: none of that, no listed word, no street. */
  readonly words: readonly string[];
  /** As it stands, of any other: no listed word inside of a name. */
  readonly withoutInnerKeys: string;
  /** As it stands: enough for no number, and none of `prefixesWithDigits` and `streetEndings`. */
  readonly withoutNumbers: string;
  readonly prefixesWithDigits: readonly string[];
  readonly streetEndings: readonly string[];
}

export function nothingOf(policy: Policy): Nothing {
  const { folded, literals } = hintsOf(policy);
  const schemes = authSchemes.map((word) => ({ word, whole: false }));
  const streetWords = streets.split(' ').map((word) => ({ word, whole: true }));
  const [first = [], ...more] = partsOf([...folded, ...schemes, ...listedWords(policy), ...streetWords]);
  const prefixesWithDigits = literals.filter((literal) => /^[a-z][0-9]/.test(literal));
  return {
    literals: literals.filter((literal) => !prefixesWithDigits.includes(literal)),
    prefixes: partsOf([...folded, ...schemes]).map((part) => withoutWords(part, plainSigns)),
    words: [withoutWords(first, plainSigns), ...more.map((part) => withoutWords(part, anySigns))],
    withoutInnerKeys,
    withoutNumbers: withoutNumbers([...new Set(prefixesWithDigits.map((literal) => literal[0]))].join('')),
    prefixesWithDigits,
    streetEndings,
  };
}

const sign = '[^0-9A-Za-z]';
/**
 * Behind a name with a word inside, and parts of a key, userPassword.new: no sign that a value follows, with or without a quote, bracket
 * or space before it; ends a key too.
 */
const noValue = `(?:[._-][0-9A-Za-z._-]*)?(?:[^0-9A-Za-z._:=>"')[\\]\\x1e\\x1f -]${sign}*| (?:[^0-9A-Za-z:=> ]${sign}*)?)`;
/** A single capital, as in NaN, begins no word. */
const lowerWord = `[a-z][0-9a-z]*(?:[A-Z](?:[0-9A-Za-z]+${noValue}|${sign}+)|${sign}+)`;
const capitalWord = `[0-9A-Z](?:${lowerWord}|${sign}+|[0-9A-Z]+(?:${sign}+|[a-z][0-9A-Za-z]*${noValue}))`;
/** No name such as userPassword or DBPassword before a value: only the beginnings of words are looked at. The text ends with a sign. */
const withoutInnerKeys = `^${sign}*(?:${capitalWord}|${lowerWord})*$`;

/** A body that was a map: behind a name in it may stand a comma, field=userPassword, and its value in the next field. */
export const bodyOfMap = '^\\nbody[.]';

/** --userPassword x: a value follows the name without a sign. */
export const camelArgument = ' --?[A-Za-z][0-9A-Za-z]*[A-Z]';

/** Numbers as they may stand for something, and documents whose number has letters and fewer digits; after a sign that ends a word, or a part of a key. */
export const suspectNumber = `(?:[^0-9A-Za-z._-]|[A-Za-z][._-])(?:${[
  '[0-9](?:[ ()/+-]{0,2}[0-9]){8}',
  '[0-9]{3,4}[.][0-9]{3,4}[.][0-9]{4}',
  '[78][.][0-9]{3}[.][0-9]{3}[.][0-9]{2}',
  '0[1-9](?:[.][0-9]{2}){4}',
  '[A-Z]{2}[0-9]{2}[ -]?[0-9A-Z]{4}[ -]?[0-9A-Z]{4}',
  '[a-z]{2}[0-9]{2}[ +](?:[a-z]{4}[ +])?[0-9]{4}[ +]',
  '[A-Z]{5}[0-9]{4}[A-Z]',
  '[A-Z]{6}[0-9]{2}[A-Z]',
  '[A-Z]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[A-D]',
  '[XYZ]?-?[0-9]{7,8}-?[A-Z]',
].join('|')})|[+][0-9(A-Z]|[.-][0-9]{4}(?:[ .+-]?[0-9]{4}){2}[^0-9A-Za-z]`;

/** At most six digits with signs between them, and a sign or letter that ends them. */
const fewDigits = '(?:[0-9][ ()/.-]*(?:[0-9][ ()/.-]*){0,5}[^0-9+ ()/.-])*';

/**
 * No number as above and no house number, in one pass: few digits, none right behind a letter that begins a token (t1., y0_), none behind
 * the end of a German street's name and a space, behind capitals and a space one, behind capitals and a hyphen ten signs. What doesn't
 * match is asked for all of these themselves. The text begins and ends with a line break.
 */
function withoutNumbers(letters: string): string {
  const ends = 'egz.';
  const other = `[^0-9A-Z+${ends}${letters}]${fewDigits}|${letters && `[${letters}]|`}`;
  const capitals = `[A-Z]+(?:[^0-9A-Z+ -]${fewDigits}|-[0-9A-Z]{0,10}[^0-9A-Z+]${fewDigits}| [0-9]?)`;
  const afterEnd = `(?: |${fewDigits.replace(/[*]$/, '+')}|${other.replace('[^', '[^ ')}${capitals})`;
  return `^(?:${other}[${ends}]+${afterEnd}|${capitals})*$`;
}

function listedWords(policy: Policy): SuspectWord[] {
  const phrases = Object.values({ ...policy.kinds, ...policy.own }).flatMap(({ keys, context }) => [
    ...(keys ?? []),
    ...(context ?? []),
  ]);
  const told = [...phrases, ...policy.hashed_keys].map((phrase) => tellingWord(phrase));
  return [...new Set(told)]
    .filter((word) => /^[a-z]{2,}/.test(word))
    .map((word) => ({ word: word.slice(0, wordLetters), whole: word.length < wordLetters }));
}

/** A form that begins with its hint's letters is told by them; any other hint is asked for by itself. */
function hintsOf(policy: Policy): { folded: SuspectWord[]; literals: string[] } {
  const folded: SuspectWord[] = [];
  const literals: string[] = [];
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    if (name === 'address') continue;
    for (const { pattern, hint } of kind.forms ?? []) {
      for (const literal of hint) {
        const letters = /^[A-Za-z]+/.exec(literal)?.[0] ?? '';
        const begins = new RegExp(`(?:^|[(:|])${letters.slice(0, 2)}`).test(pattern);
        if (letters.length > 1 && begins)
          folded.push({
            word: letters.slice(0, wordLetters).toLowerCase(),
            whole: letters.length < literal.length && letters.length < wordLetters,
          });
        else if (/^[\x20-\x7e]+$/.test(literal)) literals.push(literal);
      }
    }
  }
  return { folded, literals };
}
