import type { Rule } from './rule.js';

/**
 * Stands behind an escape of JSON for the time of the rules, so that its letters are none of the next word: \n4111…,
 * \u003cphone. Taken out afterwards.
 */
export const separator = '\ue004';

/**
 * What makes a text fit to be the path of a URL, which is how the collector undoes percent-encoding: quotes, backslashes and control signs
 * stay escaped as JSON wants them, a % that encodes nothing is encoded, and so are the signs that end a path.
 */
export function beforeDecoding(): Rule[] {
  const rule = (pattern: string, replacement: string): Rule => ({
    name: 'percent-encoding',
    pattern,
    replacement,
    needsChecksum: false,
    when: 'encoded',
  });
  return [
    ...twice(rule('%25([0-9A-Fa-f]{2})', '%<1>')),
    rule('%5[Cc]', '%5C%5C'),
    rule('%22', '%5C%22'),
    rule('%[01][0-9A-Fa-f]|%7[Ff]|\\x7f', '%20'),
    ...twice(rule('%([^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f])', '%25<1>')),
    rule('[?]', '%3F'),
    rule('#', '%23'),
  ];
}

function twice<T>(item: T): T[] {
  return [item, item];
}

/**
 * A form writes a space as +. Told before percent-encoding is undone, where a plus sign is %2B: behind what a form leaves as it is. A mail
 * address that stands beside the form keeps its +.
 */
export const form = '(?:["?]|\\\\u0026)[\\w.%[\\]-]{1,60}=[\\w.*%-]+\\+[\\w.*%+-]*(?:"|\\\\|#)';

export function formSpaces(): Rule[] {
  const rule = (pattern: string, replacement: string): Rule => ({
    name: 'spaces of a form',
    pattern,
    replacement,
    needsChecksum: false,
    when: 'form',
  });
  return [
    rule('[+]([\\w.-]{1,64}@)', `${mailPlus}<1>`),
    ...twice(rule('([\\w.* -])[+]', '<1> ')),
    rule('([\\w.* -])[+]', '<1> '),
    rule(mailPlus, '+'),
  ];
}

const mailPlus = '\ue008';

/** Digits and signs of other widths made ASCII, and a separator behind the escapes of JSON. */
export function narrowing(): Rule[] {
  const rule = (pattern: string, replacement: string): Rule => ({
    name: 'signs of other widths',
    pattern,
    replacement,
    needsChecksum: false,
    when: 'wide',
  });
  const full = [...'0123456789@+()-.'].map((sign) => rule(String.fromCharCode(sign.charCodeAt(0) + 0xfee0), sign));
  return [
    rule('[\\x{ad}\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]', ''),
    rule('[\\x{a0}\\x{2000}-\\x{200a}\\x{202f}]', ' '),
    rule('[\\x{2010}-\\x{2015}]', '-'),
    ...full,
    ...escapes(),
  ];
}

function escapes(): Rule[] {
  const rule = (pattern: string, replacement: string): Rule => ({
    name: 'escapes',
    pattern,
    replacement,
    needsChecksum: false,
    when: ['\\\\'],
  });
  return [rule('(\\\\(?:[nrtbf]|u00[0-9a-f]{2}))', `<1>${separator}`), rule(`(\\\\u0040)${separator}`, '<1>')];
}
