import type { Rule } from './rule.js';

/**
 * Stands behind an escape of JSON for the time of the rules, so that its letters are none of the next word: \n4111…,
 * \u003cphone. Taken out afterwards.
 */
export const separator = '\ue004';

/** What becomes of a record's JSON before the rules: encodings undone, signs of other widths made ASCII, the invisible gone. */
export function normalising(): Rule[] {
  return [...decoding(), ...narrowing()];
}

/** ASCII signs that encoders write as %XX; letters and digits are never encoded. */
const encodedSigns = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_{|}~0123456789';

/** Percent-encoding undone. */
export function decoding(): Rule[] {
  const rule = (name: string, pattern: string, replacement: string, when: NonNullable<Rule['when']>): Rule => ({
    name,
    pattern,
    replacement,
    needsChecksum: false,
    when,
  });
  const twice = [1, 2].map(() => rule('encoded twice', '%25([0-9A-Fa-f]{2})', '%<1>', ['%25']));
  const ascii = [...encodedSigns]
    .filter((sign) => sign !== '%')
    .map((sign) => {
      const hex = sign.charCodeAt(0).toString(16);
      return rule('percent-encoding', `%(?i:${hex})`, sign === '"' || sign === '\\' ? `\\${sign}` : sign, 'encoded');
    });
  const control = rule('percent-encoding', '%[01][0-9A-Fa-f]', ' ', 'encoded');
  const space = rule('percent-encoding', '%(?i:c2%a0)', ' ', 'encoded');
  const rare = [...'№äöüßÄÖÜáéíóúñàèùçâêîôû'];
  const cyrillic = Array.from({ length: 0x450 - 0x410 }, (_, i) => String.fromCharCode(0x410 + i)).concat('Ё', 'ё');
  const letters = cyrillic.map((letter) =>
    rule('percent-encoding', `(?i:${encodeURIComponent(letter)})`, letter, ['%D0', '%D1', '%d0', '%d1']),
  );
  const others = [...rare, ...wideSigns].map((sign) =>
    rule('percent-encoding', `(?i:${encodeURIComponent(sign)})`, sign, ['%C', '%E', '%c', '%e']),
  );
  return [...twice, ...letters, ...others, space, ...ascii, control];
}

/** Signs that stand for ASCII ones in text that a person typed or copied; the rules below undo them. */
const wideSigns = [...'0123456789@+()-']
  .map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  .concat('\u200b', '\u2011');

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
