import { type Rule, taken, urlCredentials } from './rule.js';

/**
 * Stands behind an escape of JSON for the time of the rules, so that its letters are none of the next word: \n4111…,
 * \u003cphone. Taken out afterwards.
 */
export const separator = '\ue004';

/** Stands behind a value of a query or form that has spaces: its end is known only while they are encoded. */
export const endOfValue = '\ue00f';

export function queryValues(): Rule {
  const signs = `[^&\\s"\\\\#;<>]`;
  return {
    name: 'value with spaces in a query',
    pattern: `((?:[?&;"]|\\\\u0026|^|\\s)[\\p{L}\\p{N}_.%[\\]-]{1,60}=${signs}*?(?:%20|[\\p{L}\\p{N}_.*-][+][\\p{L}\\p{N}_%])${signs}*)`,
    replacement: `<1>${endOfValue}`,
    needsChecksum: false,
    when: ['%20', '+'],
  };
}

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
    // Of a password its signs are known only while they are encoded.
    { ...urlCredentials, replacement: `<1>${taken}@`, when: 'encoded' },
    ...twice(rule('%25([0-9A-Fa-f]{2})', '%<1>')),
    // Bytes that are no UTF-8 would leave the whole record encoded.
    rule(`((?:${utf8})+)|%[89A-Fa-f][0-9A-Fa-f]`, '<1>'),
    rule('%5[Cc]', '%5C%5C'),
    rule('%22', '%5C%22'),
    rule('%[01][0-9A-Fa-f]|%7[Ff]|\\x7f', '%20'),
    ...twice(rule('%([^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f])', '%25<1>')),
    rule('[?]', '%3F'),
    rule('#', '%23'),
  ];
}

const next = '%[89ABab][0-9A-Fa-f]';
const utf8 = `%[0-7][0-9A-Fa-f]|%[Cc][2-9A-Fa-f]${next}|%[Dd][0-9A-Fa-f]${next}|%[Ee][0-9A-Fa-f]${next}${next}|%[Ff][0-4]${next}${next}${next}`;

/** Letters that JSON of other languages writes as \u0438: those of Russian, and those of the written forms. */
const escapedLetters = `${letters('а', 'я')}${letters('А', 'Я')}ёЁ№ÄÖÜäöüßéè`;

function letters(first: string, last: string): string {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('');
}

export const escapedLetter = '\\\\u(?i:0[04][0-9a-f]{2}|2116)';

export function unescaping(): Rule[] {
  return [...escapedLetters].map((letter) => ({
    name: 'escaped letters',
    pattern: `\\\\+u(?i:${letter.charCodeAt(0).toString(16).padStart(4, '0')})`,
    replacement: letter,
    needsChecksum: false,
    when: 'escaped',
  }));
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
    rule('[+][+]', '  '),
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
