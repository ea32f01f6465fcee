import type { Policy } from '../schema.js';
import { anyOf, ottl } from './ottl.js';
import type { Rule } from './rule.js';
import { wordPatterns } from './suspect.js';

/**
 * Strings of SQL. A backslash before a quote escapes it, as in MySQL and in E'…', unless what ends a string follows: 'C:\', 'x'. A text
 * that was cut off ends within one.
 */
const strings = [
  "[EeNnBbXx]?'(?:[^'\\\\]|''|\\\\[^']|\\\\'[^\\s,;)'])*(?:\\\\?'|$)",
  '[$][$](?:[^$]|[$][^$])*(?:[$][$]|$)',
  '[$][A-Za-z_]\\w{0,30}[$](?:[^$]|[$][^A-Za-z_])*(?:[$][A-Za-z_]\\w{0,30}[$]|$)',
];
const numbers = '([\\s(,=<>+/-])[0-9]+(?:[.][0-9]+)?\\b';

/** A statement in another text, such as an error, that names its columns far from their values. */
export const insertInText = '(?i:(?:insert|replace|merge)\\s+into\\s(?:[^"\\\\]|\\\\+[^\\\\])+?values\\s?\\()';

/** Twice, since two values share a comma. */
export function insertRules(): Rule[] {
  const rule: Rule = {
    name: 'SQL literal',
    pattern: `([(,]\\s?)[EeNnBbXx]?'(?:[^'"\\\\*]|''|\\\\+[^'"\\\\])(?:[^'"\\\\]|''|\\\\+[^'"\\\\])*'(\\s?[),])`,
    replacement: "<1>'****'<2>",
    needsChecksum: true,
    when: 'insert',
  };
  return [rule, rule];
}

/**
 * Every literal of SQL that names something listed becomes ?, by statements on the attribute: which column a value belongs to stands far
 * from it. Strings first, numbers when the rules are done, which read those in comments.
 */
export function sqlStrings(policy: Policy): string[] {
  const texts = policy.sql_keys.map((key) => `attributes[${ottl(key)}]`);
  return [
    `set(cache["sql"], ToLowerCase(Concat([${texts.join(', ')}], "\\n"))) where cache["known"] == nil and (${texts.map((text) => `${text} != nil`).join(' or ')})`,
    `set(cache["literals"], true) where cache["sql"] != nil and (${anyOf('sql', wordPatterns(policy, 'keys'))})`,
    ...onSql(policy, (attribute) => strings.map((pattern) => `replace_pattern(${attribute}, ${ottl(pattern)}, "?")`)),
  ];
}

export function sqlNumbers(policy: Policy): string[] {
  return onSql(policy, (attribute) => [`replace_pattern(${attribute}, ${ottl(numbers)}, ${ottl('$1?')})`]);
}

function onSql(policy: Policy, statements: (attribute: string) => string[]): string[] {
  return policy.sql_keys.flatMap((key) => {
    const attribute = `attributes[${ottl(key)}]`;
    return statements(attribute).map(
      (statement) => `${statement} where cache["literals"] == true and IsString(${attribute})`,
    );
  });
}
