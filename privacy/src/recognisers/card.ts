import { ean13, luhn } from '../checksums.js';
import type { Policy } from '../schema.js';
import { type Run, standsAlone, windowOf } from './digit-runs.js';
import type { NumberMatch } from './number-match.js';
import { hasUnit } from './units.js';

/** How cards are written in groups: 4-4-4-4 and longer ones, American Express, Diners. */
const groupings: ReadonlyMap<number, RegExp> = new Map([
  [5, /^4 4 4 4 [1-3]$/],
  [4, /^4 4 4 [1-4]$/],
  [3, /^4 6 [45]$/],
  [2, /^8 8$/],
]);

/**
 * Lengths that a card has with its first digits, for a number without groups: other long numbers pass the Luhn checksum too,
 * one in ten of them.
 */
const bareLengths = /^(?:16 |15 3[47]|14 3[068]|13 4|19 62)/;

/**
 * Card numbers: the issuer's first digits and the Luhn checksum, or the first digits in the written form 4 4 4 4.
 * @param neutral expression for a word right before a number that says what it is
 */
export function cardRecogniser(prefixes: Policy['kinds'][string]['prefixes'], neutral: () => RegExp) {
  const ranges = (prefixes ?? ['0-9']).map((prefix) => String(prefix).split('-'));
  const hasIssuer = (digits: string) =>
    ranges.some(([from = '', to = from]) => {
      const head = digits.slice(0, from.length);
      return head >= from && head <= to;
    });
  const plausible = (digits: string) => digits.length >= 13 && digits.length <= 19 && hasIssuer(digits);

  return (text: string, runs: readonly Run[], at: number): NumberMatch | undefined => {
    const run = runs[at];
    if (!run) return undefined;
    const length = run.end - run.start;
    if (length >= 13 && length <= 19) {
      const digits = text.slice(run.start, run.end);
      return plausible(digits) &&
        bareLengths.test(`${length} ${digits}`) &&
        luhn(digits) &&
        standsAlone(text, run.start, run.end) &&
        !isPosition(text, run) &&
        (length > 13 || mayBeOfThirteen(text, run, digits, neutral))
        ? { start: run.start, end: run.end, runs: 1, rule: 'checksum' }
        : undefined;
    }
    if (length !== 4 && length !== 8) return undefined;
    const joined = joinedGroups(text, run);
    if (joined && plausible(joined.digits) && luhn(joined.digits) && standsAlone(text, run.start, joined.end, true))
      return { start: run.start, end: joined.end, runs: joined.count, rule: 'checksum' };
    for (const [count, lengths] of groupings) {
      const window = windowOf(text, runs, at, count);
      if (!window || !lengths.test(window.lengths) || !plausible(window.digits)) continue;
      if (!standsAlone(text, window.start, window.end, true)) continue;
      const checked = luhn(window.digits);
      // Two columns of eight digits are rather two columns; four equal groups with one kind of gap are written like a card.
      const written =
        window.lengths === '4 4 4 4' && new Set(window.gaps).size === 1 && !hasMoreGroups(runs, at, run.gap);
      if (checked || written)
        return { start: window.start, end: window.end, runs: count, rule: checked ? 'checksum' : 'written form' };
    }
    return undefined;
  };
}

/** A row of numbers of four digits goes on before or behind four of them. */
function hasMoreGroups(runs: readonly Run[], at: number, gapBefore: string | undefined): boolean {
  const isFour = (run: Run | undefined) => run !== undefined && run.end - run.start === 4;
  return (gapBefore !== undefined && isFour(runs[at - 1])) || (runs[at + 4]?.gap !== undefined && isFour(runs[at + 4]));
}

/** Groups with one sign between them that is no spacing, but the same each time: 4111_1111_1111_1111. */
const otherSeparators = /([_,:;|*~\t])\d{4}(?:\1\d{4}){2}(?!\1?\d)|([_,:;|*~\t])\d{6}\2\d{5}(?!\2?\d)/y;

function joinedGroups(text: string, run: Run): { digits: string; end: number; count: number } | undefined {
  if (run.end - run.start !== 4) return undefined;
  otherSeparators.lastIndex = run.end;
  const rest = otherSeparators.exec(text);
  if (!rest || text[run.start - 1] === (rest[1] ?? rest[2])) return undefined;
  const end = run.end + rest[0].length;
  return { digits: text.slice(run.start, end).replace(/\D/g, ''), end, count: rest[1] ? 4 : 3 };
}

const positionBefore = /(?<!\p{L})(?:offset|partition|lag|seq|sequence|timestamp|length)[\s:=#"']{0,3}$/iu;

/** Where something stands, or how much of it there is: one number in ten passes the checksum. */
function isPosition(text: string, { start, end }: Run): boolean {
  return positionBefore.test(text.slice(Math.max(0, start - 16), start)) || hasUnit(text, start, end);
}

/**
 * Only old Visa cards have 13 digits, and many other numbers have: no article number (EAN-13), none that its neighbour names, no part of
 * a path or of a file's name.
 */
function mayBeOfThirteen(text: string, { start, end }: Run, digits: string, neutral: () => RegExp): boolean {
  const isNamePart = text[start - 1] === '/' || /^[._][A-Za-z]|^\//.test(text.slice(end, end + 2));
  return !ean13(digits) && !isNamePart && !neutral().test(text.slice(Math.max(0, start - 40), start));
}
