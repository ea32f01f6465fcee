import { blockAt, plainQuoteAt, quoteAt, signOfString, spaceAt, stringAt } from './json.js';
import { argument, listedKey as key, pairedName, quote, sign, toArgument } from './labels.js';
import type { Rule } from './rule.js';

const nameWord = 'field|name|key|column|param|property';
const nameField = `(?:(?:[\\w.-]{0,40}[._-])?(?i:${nameWord})|[\\w.-]{0,40}\\p{Ll}(?:Field|Name|Key|Column|Param|Property))`;
const valueWord = '(?:old|new)[ _.-]?values?|old|new|values?|before|after|from|to';
const valueField = `(?:[\\w.-]{0,40}[._-])?(?i:${valueWord})`;
/** Values of one name that are masked: old and new, and one more. */
const mostValues = 3;
/** How deep a value is read that is a list or an object; JSON in JSON has less, which keeps the collector's start short. */
const levels = [4, 3, 1];

/** A value whose name stands in the field beside it, before or behind it: {"field":"phone","old":"…","new":"…"}. */
export function pairRules(): Rule[] {
  const found = `(${nameField}${quote}${sign}${quote}[^"'\\\\{}=]{0,60}?${key}\\]?)(\\\\*["']|${argument})`;
  return [
    rule('listed key in the value of a field', found, `<1>${pairedName}<2>`, 'word'),
    ...[0, 1, 2, 3].flatMap((depth) => inJson(depth)),
    ...times(mostValues, inText()),
    ...inElement(),
  ];
}

function inJson(depth: number): Rule[] {
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
function inText(): Rule {
  return rule(
    'listed key in a field beside it, in a text',
    `(${pairedName}(?:'|${toArgument})[^{}"\\\\]{0,300}?(?:^|[^\\w])${valueField}${quote}${sign}${quote})[^\\s"'\\\\,;&{}()<>*\\[$?:=][^"'\\\\,;&{}()<>*]*`,
    '<1>****',
  );
}

/** <input name="phone" value="…">, in any order. */
function inElement(): Rule[] {
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
