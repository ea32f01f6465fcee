import { greater, listedKey as key, less, listed, quote, toArgument, toValue } from './labels.js';
import { separator } from './normalise.js';
import type { Rule } from './rule.js';

/** Values that go on behind their first word: cookies, credentials with parameters, elements, parts of a form. */
export function headerRules(): Rule[] {
  const to = (words: string) => `((?i:${words})${key}(?:${toValue}|${toArgument})`;
  const escaping = `\\\\{1,15}`;
  const parameter = `[\\w-]{1,30}=(?:\\\\+"[^"\\\\]*\\\\+"|[^\\s"'\\\\,;[{*][^\\s"'\\\\,;]*)`;
  return [
    // Up to the end of the line or of what it is quoted in.
    rule(
      'cookies',
      `${to('cookie2?')}${quote})(?:[^"'\\\\[{*]|=\\\\+"[^"\\\\]*\\\\+")(?:[^"'\\\\]|=\\\\+"[^"\\\\]*\\\\+")*`,
      '<1>****',
      ['ookie', 'OOKIE'],
    ),
    rule(
      'credentials with parameters',
      `${to('authorization')}${quote})(?:[A-Za-z][\\w-]{1,30}[ +]{1,3})?(?:${parameter}(?:,? ${parameter})*|[^\\s"'\\\\,;[{*][^\\s"'\\\\,;]*)`,
      '<1>****',
      ['uthorization', 'UTHORIZATION'],
    ),
    // Raw headers, and entries, also where those were flattened. The next of a list of names is a name.
    rule(
      'credentials in a list',
      `(\\\\*"(?i:(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]*(?:key|token))${key}\\\\*",\\s?(?:"[^"\\\\]*[.][0-9]*1":)?\\\\*")[^"\\\\]*[^"\\\\A-Za-z-][^"\\\\]*(\\\\*"\\s?[,\\]}])`,
      '<1>****<2>',
      [`${listed}"`, `${listed}\\\\`],
    ),
    rule(
      'credentials in a list, in a body that was a map',
      `(=(?i:(?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]{1,40}(?:key|token)), body[.][^=,"\\\\]{0,80}[.][0-9]*[13579]=)(?:\\\\"[^"\\\\]*\\\\"|[A-Za-z-]*[^"\\\\A-Za-z,-][^"\\\\]*?)(, body[.]|")`,
      '<1>****<2>',
      [', body.'],
    ),
    rule(
      'element of a listed name',
      `(${greater})(?:[^"<>\\\\]|${escaping}[nrt"]|${less}!\\[CDATA\\[|\\]\\]${greater})*?(${less}/(?:[\\w-]{1,20}:)?[\\p{L}\\p{N}_./-]{0,40}?)${key}(${greater})`,
      '<1>****<2><3>',
      ['u003c', '</'],
    ),
    rule(
      'part of a form with a listed name',
      `((?i:name)=(?:\\\\+")?[\\w.\\[\\] -]{0,60}${key}(?:\\\\+")?\\]?(?:\\\\+")?(?:;[^"\\\\]*|\\\\+"|${escaping}r?${separator}?${escaping}n${separator}?[A-Za-z-]{1,40}:[^"\\\\]*)*(?:(?:${escaping}r${separator}?)?${escaping}n${separator}?){2})(?:[^"\\\\-]|-[^"\\\\-])+`,
      '<1>****',
      ['orm-data'],
    ),
  ];
}

function rule(name: string, pattern: string, replacement: string, when: readonly string[]): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
