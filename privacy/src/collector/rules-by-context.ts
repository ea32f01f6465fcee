import type { Policy } from '../schema.js';
import { literal } from '../words.js';
import { contextUsed, listedKey, workingSigns } from './labels.js';
import { separator } from './normalise.js';
import { numeral, type Rule, shield } from './rule.js';
import { encodable } from './rules-by-form.js';

type Kind = Policy['kinds'][string];

/** A sign between words: none that ends a sentence, a line, a field or an object. */
const sign = `(?:[^\\p{L}\\p{N}${shield}${numeral}\\n"\\\\{}\\[\\];]|\\\\{1,15}(?:["'/]|t${separator}?))`;
const wordsBetween = `(?:${sign}{1,4}\\p{L}{1,20}){0,3}?${sign}{1,4}`;
/** What a value behind which its word stands begins after: a number within a date, a path or a fraction is none. */
const beforeValue = `(^|[\\s"'(>,;=#*${separator}]|\\\\[nrt"])`;

/** Behind the word: it has no value of its own, and is no key that goes on to have one. */
const notItsKey = `(?:[^\\p{L}"\\\\:=${workingSigns.slice(1, -1)}]|${listedKey}?(?:"|\\\\{1,15}"\\s?[^:\\s])|\\\\{1,15}[nrtu])`;

/**
 * Numbers, codes and dates after a context word, with at most three words between.
 * @param wanted which phrases
 */
export function contextRules(policy: Policy, wanted: (phrase: string) => boolean = () => true): Rule[] {
  return kindsOf(policy, wanted).flatMap(({ name, words, values }) => [
    rule(`${name}: context word`, `(${words})(${wordsBetween}[+(]?)(?:${values})\\b`, `<1>${contextUsed}<2>****`),
    rule(
      `${name}: context word, a list`,
      `(${words}[^"\\\\]{1,40}\\*{4}\\s?(?:[,;/]|and|or|и|или)\\s?[+(]?)(?:${values})\\b`,
      '<1>****',
    ),
  ]);
}

/** The same before the word, when it has no value behind it: '4711 is your PIN'. */
export function contextBehindRules(policy: Policy): Rule[] {
  const kinds = kindsOf(policy, () => true);
  const all = kinds.map(({ phrases }) => phrases).join('|');
  return [
    rule('context word with a value', `((?:^|[^\\p{L}])(?i:${all}))(${wordsBetween}\\*{4})`, `<1>${contextUsed}<2>`),
    ...kinds.map(({ name, phrases, values }) =>
      rule(
        `${name}: context word behind`,
        `${beforeValue}(?:${values})(\\b${wordsBetween}(?i:${phrases})${notItsKey})`,
        '<1>****<2>',
      ),
    ),
  ];
}

function kindsOf(policy: Policy, wanted: (phrase: string) => boolean) {
  return Object.entries({ ...policy.kinds, ...policy.own }).flatMap(([name, kind]) => {
    const phrases = [...(kind.context ?? [])]
      .filter(wanted)
      .sort((a, b) => b.length - a.length)
      .map((word) => literal(word).replaceAll(' ', '[ +]').replaceAll("'", "['\\\\]{1,3}"))
      .join('|');
    const values = valuesOf(kind);
    return phrases === '' || values === '' ? [] : [{ name, phrases, words: `(?:^|[^\\p{L}])(?i:${phrases})`, values }];
  });
}

/** What counts beside a context word; nothing for a kind that has no such values. */
function valuesOf({ digits, recognise, forms }: Kind): string {
  const [from = 6, to = from] = (digits ?? '6-20').split('-').map(Number);
  const number = recognise?.includes('digits') ? [`[0-9](?:[ ().+-]{0,2}[0-9]){${from - 1},${to - 1}}`] : [];
  const code = recognise?.includes('code') ? ['[A-Z]{1,3}[0-9][A-Z0-9]{4,15}'] : [];
  const date = recognise?.includes('date')
    ? ['[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}', '[0-9]{4}-[0-9]{2}-[0-9]{2}']
    : [];
  const written = (forms ?? []).filter((form) => form.context_only).map((form) => encodable(form.pattern));
  return [...written, ...date, ...number, ...code].join('|');
}

function rule(name: string, pattern: string, replacement: string): Rule {
  return { name, pattern, replacement, needsChecksum: true, when: 'context' };
}
