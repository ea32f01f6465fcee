import type { Window } from './digit-runs.js';

/** Groups in which the numbers of one country are written, and no other numbers are: with their first digits and what stands between. */
interface NationalForm {
  readonly country: string;
  readonly lengths: readonly string[];
  readonly first: RegExp;
  readonly between: RegExp;
}

const forms: readonly NationalForm[] = [
  // 8 029 140-50-72
  {
    country: 'BY',
    lengths: ['1 3 3 2 2', '1 3 2 2 3', '1 3 2 3 2', '1 4 2 2 2', '4 3 2 2'],
    first: /^80/,
    between: /^(?:[ -]| ?\(|\) ?)$/,
  },
  // 0176 13979236, 030/73470330
  { country: 'DE', lengths: ['4 7', '4 8'], first: /^01[567]/, between: /^[ /-]$/ },
  { country: 'DE', lengths: ['3 6', '3 7', '3 8'], first: /^0(?:30|40|69|89)/, between: /^[ /-]$/ },
  // 098155 04731
  { country: 'IN', lengths: ['6 5'], first: /^0[6-9]/, between: /^ $/ },
  // 644 11 18 94
  { country: 'ES', lengths: ['3 2 2 2'], first: /^[67]/, between: /^ $/ },
  // 601-330-693; with spaces it would be any number of millions.
  { country: 'PL', lengths: ['3 3 3'], first: /^\d/, between: /^-$/ },
];
const byLengths = Map.groupBy(
  forms.flatMap((form) => form.lengths.map((lengths) => ({ lengths, form }))),
  ({ lengths }) => lengths,
);

const none: readonly string[] = [];

/** The countries of which these groups may be a number, by their form alone. */
export function countriesWritingSo({ lengths, digits, gaps }: Window): readonly string[] {
  // Addresses of machines and versions are what most groups are; no form has dots.
  if (gaps.length === 0 || gaps[0] === '.') return none;
  const found = byLengths.get(lengths);
  if (!found) return none;
  return found
    .filter(({ form }) => form.first.test(digits) && gaps.every((gap) => form.between.test(gap)))
    .map(({ form }) => form.country);
}

const farthest = 80;
const numberBefore = /(?:^|[\s,;|(])\d+[\t ]+$/;
const numbersAfter = /^[\t ]+\d+[\t ]*(?:$|\n|[\t ]\d)/;
const lineBegins = /(?:^|\n)[\t ]*$/;
const lineEnds = /^[\t ]*(?:$|\r?\n)/;
const numbersAbove = /(?:^|\n)[\d\t .]*\d[\t ]*\r?\n[\t ]*$/;
const numbersBelow = /^[\t ]*\r?\n[\t ]*\d[\d\t .]*(?:$|\r?\n)/;

/** Whether groups with spaces between stand among other numbers, in a line or in lines of them. */
export function standsInColumns(text: string, { start, end }: Window): boolean {
  const before = text.slice(Math.max(0, start - farthest), start);
  const after = text.slice(end, end + farthest);
  if (numberBefore.test(before) || numbersAfter.test(after)) return true;
  return lineBegins.test(before) && lineEnds.test(after) && (numbersAbove.test(before) || numbersBelow.test(after));
}

const extension = /[xX]\d{1,5}(?![\p{L}\p{N}])/uy;

/** Where the extension that touches a number ends, 202-555-0147x33; where the number ends when there is none. */
export function endOfExtension(text: string, end: number): number {
  extension.lastIndex = end;
  return extension.test(text) ? extension.lastIndex : end;
}
