import type { Policy } from '../schema.js';
import { keyPattern } from './keys.js';
import { numeral, quote, type Rule, sign, space } from './rule.js';

/** Characters that stand behind a listed key while the rules run, so that the long list of keys is looked for once. */
const [listed, listedName, listedAddress] = ['\ue001', '\ue002', '\ue003'];

export function keyRules(policy: Policy): Rule[] {
  const rule = (name: string, pattern: string, replacement: string): Rule => ({
    name,
    pattern,
    replacement,
    needsChecksum: false,
    when: 'word',
  });
  const tag = (mark: string, wanted: (kind: string) => boolean) =>
    rule('listed keys', `(${keyPattern(policy, wanted)})(\\\\*["']|%22|%27|\\)=|${sign})`, `<1>${mark}<2>`);
  const key = `[${listed}${listedName}${listedAddress}]`;
  const nameField = '(?:[\\w.-]{0,40}[._-])?(?:field|name|key|column|param|property)';
  const valueField = '(?:[\\w.-]{0,40}[._-])?(?:old|new|values?|before|after|from|to|old_value|new_value)';
  const anyQuote = '\\\\*"';
  const paired = `(${anyQuote}${nameField}${anyQuote}\\s?:\\s?${anyQuote}[\\w. -]{0,60}${key}${anyQuote}[^{}]{0,300}?${anyQuote}${valueField}${anyQuote}\\s?:\\s?)`;
  const pairRules = [1, 2].flatMap(() => [
    rule('listed key in a field beside it', `${paired}(${anyQuote})[^"*]+?(${anyQuote})([,}])`, '<1><2>****<3><4>'),
    rule('listed key in a field beside it, number', `${paired}"?${numeral}?[0-9][0-9.]*"?`, '<1>"****"'),
  ]);
  return [
    tag(listedName, (kind) => kind === 'name'),
    tag(listedAddress, (kind) => kind === 'address'),
    tag(listed, (kind) => kind !== 'name' && kind !== 'address'),
    // Says nothing of anybody, and is no text that could be masked within JSON.
    rule('listed key of a truth value', `${key}("\\s?:\\s?(?:true|false|null)[,}\\]])`, '<1>'),
    rule(
      'listed key',
      `(${key}":)(?:"(?:[^"\\\\]|\\\\.)*"|-?[0-9][0-9.eE+-]*|\\[[^\\[\\]]*\\]|\\{[^{}]*\\})`,
      '<1>"****"',
    ),
    rule('listed key in JSON text', `(${key}\\\\+"\\s?:\\s?)(\\\\+")[^"]*?\\\\+"`, '<1><2>****<2>'),
    rule(
      'listed key in JSON text, not a string',
      `(${key}\\\\+"\\s?:\\s?)(?:-?[0-9][0-9.]*|\\[[^\\[\\]]*\\]|\\{[^{}]*\\})`,
      '<1>****',
    ),
    rule(
      'name in text',
      `(${listedName}${quote}${sign}${quote})\\p{L}[\\p{L}'.-]*(?:${space}\\p{Lu}[\\p{L}'.-]*){0,3}`,
      '<1>****',
    ),
    rule(
      'address in text',
      `(${listedAddress}${quote}${sign}${quote})[^"\\\\;|{}*\\n][^"\\\\;|{}\\n]{0,160}`,
      '<1>****',
    ),
    rule('key (PostgreSQL)', `(${key}\\)=\\()[^)"]*`, '<1>****'),
    rule(
      'listed key in text',
      `(${key}${quote}${sign}${quote}(?:(?i:bearer|basic|digest|negotiate|token)${space}{1,3})?)(?:[+(]?[0-9](?:[ ().+-]{0,2}[0-9]){5,18}|[^\\s"'\\\\,;&{}()<>*\\[$?:=][^\\s"'\\\\,;&{}()<>*\\[]*)`,
      '<1>****',
    ),
    ...pairRules,
  ];
}
