/** What a text holds in which a character reference of HTML may hide a sign that tells: jane&#64;example.com. */
export const entityLiterals = ['&#', '&amp;#', '&commat;', '&nbsp;'];

const reference = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|quot|apos|lt|gt|commat|nbsp|plus));/y;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  commat: '@',
  nbsp: '\u00a0',
  plus: '+',
};
export const mayHoldEntity = /&(?:#[xX]?[0-9A-Fa-f]{1,7}|amp|quot|apos|lt|gt|commat|nbsp|plus);/;

/** The character reference (HTML, 13.1.4) that begins here: its sign and its length in the text. */
export function entityAt(text: string, at: number): { readonly char: string; readonly length: number } | undefined {
  reference.lastIndex = at;
  const match = reference.exec(text);
  if (!match) return undefined;
  const [all, decimal, hex, name] = match;
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16);
  const isSign = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const char = name ? named[name] : isSign ? String.fromCodePoint(code) : '\ufffd';
  return { char: char ?? '\ufffd', length: all.length };
}
