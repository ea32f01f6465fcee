import type { Policy } from '../schema.js';
import { keyWords } from '../words.js';
import { blockAt, plainQuoteAt, quoteAt, signOfString, spaceAt, stringAt } from './json.js';
import { argument, listedKey as key, pairedName, quote, sign } from './labels.js';
import type { Rule } from './rule.js';

/** A field whose name ends so names rather a file or a route, unless that is all of it. */
const namesMuch = 'path';
/** Values of one name that are masked: old and new, and one more. */
const mostValues = 3;
/** How deep a value is read that is a list or an object; JSON in JSON has less, which keeps the collector's start short. */
const levels = [4, 3, 1];

interface Fields {
  readonly nameField: string;
  readonly valueField: string;
}

/** The fields of the policy's `pairs`, behind any prefix. */
function fieldsOf(policy: Policy): Fields {
  const names = [...nameWords(policy)];
  const capitals = names
    .filter((name) => name !== namesMuch)
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  const behind = names.filter((name) => name !== namesMuch).join('|');
  const whole = names.includes(namesMuch) ? `|\\b(?i:${namesMuch})` : '';
  const values = policy.pairs.flatMap(({ name, values }) => {
    const prefix = keyWords(name).slice(0, -1);
    return values.map((value) => {
      const words = keyWords(value);
      return (prefix.every((word, i) => word === words[i]) ? words.slice(prefix.length) : words).join('[ _.-]?');
    });
  });
  const longestFirst = [...new Set(values)].sort((a, b) => b.length - a.length).join('|');
  return {
    nameField: `(?:(?:[\\w.-]{0,40}[._-])?(?i:${behind})|[\\w.-]{0,40}\\p{Ll}(?:${capitals.join('|')})${whole})`,
    // Behind it what a list or a map became when it was flattened.
    valueField: `(?:[\\w.-]{0,40}[._-])?(?i:${longestFirst})(?:[.][\\w.-]{1,40})?`,
  };
}

/** The last words of the fields that hold a name. */
export function nameWords(policy: Policy): Set<string> {
  return new Set(policy.pairs.map(({ name }) => keyWords(name).at(-1) ?? name));
}

/** A value whose name stands in the field beside it, before or behind it: {"field":"phone","old":"…","new":"…"}. */
export function pairRules(policy: Policy): Rule[] {
  const fields = fieldsOf(policy);
  const { nameField } = fields;
  const found = `(${nameField}${quote}${sign}${quote}[^"'\\\\{}=]{0,60}?${key}\\]?)(\\\\*["']|${argument})`;
  return [
    rule('listed key in the value of a field', found, `<1>${pairedName}<2>`, 'word'),
    ...[0, 1, 2, 3, 4].flatMap((depth) => inJson(depth, fields)),
    ...times(mostValues, inText(fields)),
    ...inElement(fields),
  ];
}

function inJson(depth: number, { nameField, valueField }: Fields): Rule[] {
  const q = quoteAt(depth);
  const space = spaceAt(depth);
  const comma = `${space},${space}`;
  const colon = `${space}:${space}`;
  const block = blockAt(depth, levels[depth] ?? 1);
  const member = `${q}[^"\\\\]{1,80}${q}${colon}(?:${stringAt(depth)}|${block}|[^"\\\\\\[\\]{},]+)`;
  const value = `(?:${q}${signOfString(depth, '*')}${signOfString(depth)}*${q}|-?[0-9][0-9.eE+-]*|${block})`;
  const names = [`${pairedName}${'\\\\'.repeat(2 ** depth - 1)}"`];
  const masked = `${plainQuoteAt(depth)}****${plainQuoteAt(depth)}`;
  const valueName = `${q}${valueField}${q}${colon}`;
  const behind = rule(
    'listed key in a field beside it',
    `(${pairedName}${quoteAt(depth)}(?:${comma}${member})*?${comma}${valueName})${value}`,
    `<1>${masked}`,
    names,
  );
  const before = rule(
    'listed key in a field behind it',
    `(${valueName})${value}((?:${comma}${member})*?${comma}${q}${nameField}${q}${colon}${q}[^"\\\\]{0,60}${pairedName})`,
    `<1>${masked}<2>`,
    names,
  );
  const most = depth < 2 ? mostValues : mostValues - 1;
  return [...times(most, behind), ...times(most, before)];
}

/** As Node and Python print it, and key=value. */
function inText({ valueField }: Fields): Rule {
  return rule(
    'listed key in a field beside it, in a text',
    `(${pairedName}(?:'|${argument})[^{}"\\\\]{0,300}?(?:^|[^\\w])${valueField}${quote}${sign}${quote})(?:[^\\s"'\\\\,;&{}()<>*\\[$?:=-]|-[^"'\\\\-])[^"'\\\\,;&{}()<>*]*`,
    '<1>****',
  );
}

/** <input name="phone" value="…">, in any order. */
function inElement({ nameField, valueField }: Fields): Rule[] {
  const text = '\\\\{1,15}"[^"\\\\]*\\\\{1,15}"';
  const others = `(?:[^{}<>"\\\\]{1,40}${text}){0,4}?[^{}<>"\\\\]{1,40}?`;
  const valueName = `\\b${valueField}=\\\\{1,15}"`;
  return [
    rule(
      'listed key in an attribute beside it',
      `(${pairedName}\\\\{1,15}"${others}${valueName})[^"\\\\*][^"\\\\]*`,
      '<1>****',
    ),
    rule(
      'listed key in an attribute behind it',
      `(${valueName})[^"\\\\*][^"\\\\]*(\\\\{1,15}"${others}\\b${nameField}=\\\\{1,15}"[^"\\\\]{0,60}${pairedName})`,
      '<1>****<2>',
    ),
  ];
}

function times<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item);
}

function rule(name: string, pattern: string, replacement: string, when: Rule['when'] = [pairedName]): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
