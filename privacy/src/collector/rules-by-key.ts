import type { Policy } from '../schema.js';
import { blockAt, endOfString, quoteAt, signOfString } from './json.js';
import { keyPattern } from './keys.js';
import {
  afterKey,
  argument,
  formBrackets,
  listedKey as key,
  listed,
  listedAddress,
  listedName,
  quote,
  toArgument,
  toQuotedValue,
  toValue,
} from './labels.js';
import { endOfValue, separator } from './normalise.js';
import { addressEnd, ipAddress, type Rule, shield, space } from './rule.js';
import { flattenedRules, partsAndEnd } from './rules-by-flattened.js';
import { headerRules } from './rules-by-header.js';
import { notationRules } from './rules-by-notation.js';
import { nameWords, pairRules } from './rules-by-pair.js';
import { replacedRules } from './rules-of-replaced.js';

const depths = [1, 2, 3, 4];
/** How deep lists and objects under a listed key are read. */
const levels = 8;
const levelsInTexts = 4;
/** Some("x") of Rust, u'x' of Python, String(x). */
const wrapper = '(?:[A-Za-z]{0,14}[(]|[A-Za-z]{1,14}\\[|[bru]{1,2})?';
/** Values that say something about a field instead of being its value: 'password: required'. */
const notValues =
  'null|undefined|true|false|none|nil|required|missing|invalid|empty|must|is|are|was|not|no|changed|reset|expired|wrong|incorrect|failed|yes|in|string|number|boolean|object';

export function keyRules(policy: Policy): Rule[] {
  const tag = (mark: string, wanted: (kind: string) => boolean) =>
    rule('listed keys', `(${keyPattern(policy, wanted)})(${afterKey}|${partsAndEnd})`, `<1>${mark}<2>`);
  const before = `${key}(?:${toValue}|${toArgument})`;
  const beforeQuote = `${key}(?:${toQuotedValue}|${toArgument})`;
  return [
    rule('arguments', argumentName, `<1>${argument}<2>`, ['-']),
    rule('fields', `((?i:${[...nameWords(policy)].join('|')})=/?[\\p{L}\\p{N}_.-]{1,40})(,? )`, `<1>${argument}<2>`, [
      '=',
    ]),
    tag(listedName, (kind) => kind === 'name'),
    tag(listedAddress, (kind) => kind === 'address'),
    tag(listed, (kind) => kind !== 'name' && kind !== 'address'),
    // tax_id, sms_code: its last word says nothing of the number.
    rule('a listed key that ends with a neutral word has its value', `(${before}${quote})${shield}([0-9])`, '<1><2>', [
      shield,
    ]),
    rule(
      'addresses of machines stay',
      `${listedAddress}((?:${toValue}|${toArgument})${quote}\\[?${ipAddress}${addressEnd})`,
      '<1>',
    ),
    rule(
      'what is said of a value stays',
      `(${before}(?:\\\\+["']|')?)((?i:${notValues})(?:[^\\p{L}\\p{N}_-]))`,
      `<1>${shield}<2>`,
    ),
    ...flattenedRules(),
    ...replacedRules(),
    // Says nothing of anybody, and is no text that could be masked within JSON.
    rule('listed key of a truth value', `${key}(${formBrackets}"\\s?:\\s?(?:true|false|null)[,}\\]])`, '<1>'),
    rule(
      'listed key',
      `(${key}${formBrackets}":)(?:"${signOfString(0)}+"|${shield}?-?[0-9][0-9.eE+-]*|${blockAt(0, levels)})`,
      '<1>"****"',
    ),
    ...pairRules(policy),
    ...notationRules(),
    ...headerRules(),
    ...depths.map((depth) =>
      rule(
        'listed key, in quotes',
        `(${beforeQuote}${wrapper}${quoteAt(depth)})${signOfString(depth, shield)}${signOfString(depth)}*(${endOfString(depth)})`,
        '<1>****<2>',
        [`${'\\\\'.repeat(2 ** depth - 1)}"`],
      ),
    ),
    rule(
      'listed key, in single quotes',
      `(${beforeQuote}${wrapper})(?:\\\\*'[^'"\\\\${shield}]|\\\\*''[^'"\\\\\\s,;)}${shield}])(?:[^"\\\\]|\\\\+[^"\\\\])*?('(?:[\\s,;:.&|/)}\\]"\\\\${endOfValue}])|")`,
      "<1>'****<2>",
      ["'"],
    ),
    ...depths
      .slice(0, 2)
      .map((depth) =>
        rule(
          'listed key in JSON text, not a string',
          `(${before}${wrapper})${blockAt(depth, levelsInTexts)}`,
          '<1>****',
          ['[', '{'],
        ),
      ),
    rule('listed key in JSON text, cut off', `(${key}\\\\+"\\s?:\\s?)[\\[{]${signOfString(0)}*`, '<1>****', ['[', '{']),
    rule(
      'name in text',
      `(${listedName}(?:${toValue}|${toArgument})${quote})\\p{L}[\\p{L}'.-]*(?:${argument}?${space}\\p{Lu}[\\p{L}'.-]*){0,3}`,
      '<1>****',
    ),
    rule(
      'address in text',
      `(${listedAddress}${toValue}${quote})[^"\\\\;|{}>*\\s${shield}${separator}][^"\\\\;|{}\\n]{0,160}`,
      '<1>****',
    ),
    rule('key (PostgreSQL)', `(${key}(?:, ?[\\w, ]{1,80})?\\)=\\()[^)"]*`, '<1>****', [')=(']),
    rule(
      'listed key in text',
      `(${before}${quote}[(]{0,2}(?:(?i:bearer|basic|digest|negotiate|token)${argument}?${space}{1,3})?)(?:[+(]?[0-9](?:[ ().+-]{0,2}[0-9]){5,18}(?:[^\\s"'\\\\,;&(){}<>|]|'[\\p{L}\\p{N}])*|(?:[^\\s"'\\\\,;&{}()<>*\\[$?:=${shield}${separator}\\-]|[$-][^\\s"'\\\\,;&{}()<>0-9-])(?:[^\\s"'\\\\,;&})>]|'[\\p{L}\\p{N}]|\\\\\\\\[^nrtu"'\\\\\\s])*)`,
      '<1>****',
    ),
  ];
}

const argumentName = `((?:^|[\\s"'\\[(])--?\\p{L}[\\p{L}\\p{N}_./-]{0,60})( |=|\\\\*["'],)`;

function rule(name: string, pattern: string, replacement: string, when: Rule['when'] = 'word'): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
