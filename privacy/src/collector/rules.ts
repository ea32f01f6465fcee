import { countPrefix, mostCountDigits } from '../counters.js';
import type { Policy } from '../schema.js';
import { literal } from '../words.js';
import { signOfString } from './json.js';
import { quote, sign, workingSigns } from './labels.js';
import { lookAlikes, partsOfIdentifiers } from './look-alikes.js';
import { recognised } from './recognised.js';
import { addressEnd, machineAddress, machines, numeral, type Rule, stays } from './rule.js';
import { contextBehindRules, contextRules } from './rules-by-context.js';
import { formRules } from './rules-by-form.js';
import { ibanRules } from './rules-by-iban.js';
import { keyRules } from './rules-by-key.js';
import { numberRules } from './rules-by-number.js';
import { afterRules, beforeRules } from './rules-of-replaced.js';
import { insertRules } from './sql-literals.js';

/** What becomes of the JSON text of a record, in order, once its encodings are undone. */
export function maskingRules(policy: Policy): Rule[] {
  const endsNeutral = (phrase: string) => policy.neutral.some((word) => phrase.endsWith(` ${word}`));
  return [
    ...beforeRules(policy),
    // 'verification code 123456': 'code' would shield the number.
    ...contextRules(policy, endsNeutral),
    ...shields(policy),
    ...lookAlikes(policy),
    ...recognised(policy, ibanRules()),
    ...keyRules(policy),
    ...insertRules(),
    ...partsOfIdentifiers,
    ...recognised(policy, [...formRules(policy), ...numberRules(policy)]),
    ...contextRules(policy),
    ...contextBehindRules(policy),
    ...afterRules(policy),
    ...cleaning,
  ];
}

/** What looks personal and isn't: addresses of machines, numbers after a neutral word, counts of what was masked. */
function shields(policy: Policy): Rule[] {
  const words = policy.neutral
    .map(literal)
    .sort((a, b) => b.length - a.length)
    .join('|');
  const neutral = `(?:^|[^\\p{L}])(?i:${words})`;
  return [
    stays(
      'addresses of machines stay, whose key says so',
      `((?:${machines.join('|')})[._ -]?[aA]ddr)(ess${quote}${sign}${quote}\\[?${machineAddress}${addressEnd})`,
      ['ddr'],
      false,
    ),
    stays('numbers after a neutral word stay', `((?:${neutral})[\\s:=#№"'.\\\\]{1,4})([0-9])`, 'context'),
    stays('numbers after a neutral word stay, in a text', `((?:${neutral})[ #№.+/]{1,3})([0-9])`, 'digits'),
    stays(
      'numbers of eleven digits under a key that ends with a neutral word stay',
      `((?:${neutral})":)([78]9[0-9]{9}[^0-9])`,
      'digits',
    ),
    stays(
      'addresses of machines behind a space stay, which a form writes as +',
      '(\\+)([0-9]{1,3}(?:[.][0-9]{1,3}){3}[^0-9.])',
      'digits',
    ),
    stays(
      'code hosts and nodes stay',
      '((?:^|[^\\p{L}\\p{N}._-])(?:git|rabbit|emqx|ssh))(@)',
      ['git@', 'rabbit@', 'emqx@', 'ssh@'],
      false,
    ),
    // redaction.masked.phone: 2. Only a number's key is shielded: a text under such a name is masked like any other.
    stays(
      'counts of what was masked stay',
      `("${countPrefix.replaceAll('.', '[.]')}[a-z0-9_]{1,40})(":[0-9]{1,${mostCountDigits}}[,}])`,
      'word',
      false,
    ),
    ...numbersAsTexts,
  ];
}

const [numberStart, numberEnd] = ['\ue00b', '\ue00c'];

/**
 * Numbers become texts for the time of the rules: a masked number is a text. Those in a string are a part of it already, and a quote
 * would end it. So the JSON is read from its start, strings as wholes: since the end of the text matches too, each match begins where
 * the one before it has ended, which is never within a string.
 */
const numbersAsTexts: Rule[] = [
  {
    name: 'numbers as texts',
    pattern: '((?:"(?:[^"\\\\]|\\\\.)*"|[^"])*?)(?:([:,\\[])(-?[0-9]{9,}(?:[.][0-9]+)?)|$)',
    replacement: `<1><2>${numberStart}<3>${numberEnd}`,
    needsChecksum: true,
    when: 'numbers',
  },
  {
    name: 'numbers as texts: none at the end',
    pattern: numberStart + numberEnd,
    replacement: '',
    needsChecksum: true,
    when: 'numbers',
  },
  {
    name: 'numbers as texts: their quotes',
    pattern: `${numberStart}(-?[0-9.]+)${numberEnd}`,
    replacement: `"${numeral}<1>"`,
    needsChecksum: true,
    when: 'numbers',
  },
];

const text = `"${signOfString(0)}*"`;
const scalar = '(?:-?[0-9][0-9.eE+-]*|true|false)';
const item = `(?:${text}|${scalar})`;
const maskedText = `"[^"\\\\]*[*]{4}[^"\\\\]*"`;
/** A list of numbers of which one became a text: Elasticsearch refuses a record with a list of two types, so all of it is masked. */
const mixedLists: Rule[] = [
  [scalar, maskedText],
  [maskedText, scalar],
].map(([first, second]) => ({
  name: 'a list of numbers with a masked one',
  pattern: `(":)\\[(?:${item},)*?${first},(?:${item},)*?${second}(?:,${item})*\\]`,
  replacement: '<1>["****"]',
  needsChecksum: false,
  when: ['****'],
}));

const cleaning: Rule[] = [
  {
    name: 'texts as numbers',
    pattern: `"${numeral}(-?[0-9]{9,}(?:[.][0-9]+)?)"`,
    replacement: '<1>',
    needsChecksum: true,
    when: 'numbers',
  },
  ...mixedLists,
  { name: 'shields away', pattern: workingSigns, replacement: '', needsChecksum: false },
];
