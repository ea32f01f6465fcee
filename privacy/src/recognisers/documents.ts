import { inn, snils, verhoeff } from '../checksums.js';
import { type Run, standsAlone, type Window, windowOf } from './digit-runs.js';
import type { NumberMatch } from './number-match.js';

/** Russian tax number of a person: 12 digits, two of them check digits. The 10 digits of organisations need a context word. */
export function recogniseInn(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
  return whole(text, runs, at, 12, inn, 'checksum');
}

/** Russian pension insurance number: 123-456-789 01 as written, or any spacing with the right check digits. */
export function recogniseSnils(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
  const bare = whole(text, runs, at, 11, snils, 'checksum');
  if (bare) return bare;
  if (!startsWith(3, runs, at)) return undefined;
  const window = windowOf(text, runs, at, 4);
  if (window?.lengths !== '3 3 3 2' || !standsAlone(text, window.start, window.end)) return undefined;
  const written = window.gaps[0] === '-' && window.gaps[1] === '-';
  if (!written && !snils(window.digits)) return undefined;
  return { start: window.start, end: window.end, runs: 4, rule: written ? 'written form' : 'checksum' };
}

/** Russian passport: series and number, 45 09 123456 or 4509 123456. Bare ten digits need a context word. */
export function recognisePassport(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
  for (const [count, lengths] of [
    [2, '4 6'],
    [3, '2 2 6'],
  ] as const) {
    if (!startsWith(Number(lengths[0]), runs, at)) continue;
    const window = windowOf(text, runs, at, count);
    if (window?.lengths !== lengths || !window.gaps.every((gap) => /^[ \u00a0]?(?:[ \u00a0]|№ ?)$/.test(gap))) continue;
    const next = runs[at + count];
    const column = next?.gap !== undefined && /^[ -]$/.test(next.gap);
    if (column || runs[at]?.gap === ' ' || text.startsWith('00', window.start)) continue;
    if (standsInColumns(text, window)) continue;
    if (standsAlone(text, window.start, window.end))
      return { start: window.start, end: window.end, runs: count, rule: 'written form' };
  }
  return undefined;
}

const farthestColumn = 40;
const columnBefore = /(?:^|[\s"'(|,;])\d{2,20}[ \t\u00a0]{1,16}$/;
const columnAfter = /^[ \t\u00a0]{1,16}\d{1,20}(?![\p{L}\p{N}]|[.:/-]\d)/u;

/** Whether a number of columns stands before or behind: '200   5120 153482', '4096 123456   0'. */
function standsInColumns(text: string, { start, end }: Window): boolean {
  return (
    columnBefore.test(text.slice(Math.max(0, start - farthestColumn), start)) ||
    columnAfter.test(text.slice(end, end + farthestColumn))
  );
}

/** Russian personal accounts are known by the first digits of 20; other accounts need a context word. */
export function recogniseAccount(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
  return whole(text, runs, at, 20, (digits) => /^(?:408(?:17|20)|42[36])/.test(digits), 'prefix');
}

/** United States 123-45-6789, India 2345 6789 0124 (Verhoeff). */
export function recogniseNationalNumber(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
  if (!startsWith(3, runs, at) && !startsWith(4, runs, at)) return undefined;
  const window = windowOf(text, runs, at, 3);
  if (!window || !standsAlone(text, window.start, window.end)) return undefined;
  const dashed = window.gaps.every((gap) => gap === '-');
  const socialSecurity = window.lengths === '3 2 4' && dashed && !/^(?:000|666)|^...00|0000$/.test(window.digits);
  // A part of a longer number in groups of four is none.
  const grouped = runs[at]?.gap !== undefined || runs[at + 3]?.gap !== undefined;
  const aadhaar = window.lengths === '4 4 4' && !grouped && /^[2-9]/.test(window.digits) && verhoeff(window.digits);
  if (!socialSecurity && !aadhaar) return undefined;
  return { start: window.start, end: window.end, runs: 3, rule: socialSecurity ? 'written form' : 'checksum' };
}

/** Whether the first group has this length: asked before a window is built. */
function startsWith(length: number, runs: readonly Run[], at: number): boolean {
  const run = runs[at];
  return run !== undefined && run.end - run.start === length;
}

function whole(
  text: string,
  runs: readonly Run[],
  at: number,
  length: number,
  holds: (digits: string) => boolean,
  rule: string,
): NumberMatch | undefined {
  const run = runs[at];
  if (!run || run.end - run.start !== length || !standsAlone(text, run.start, run.end)) return undefined;
  return holds(text.slice(run.start, run.end)) ? { start: run.start, end: run.end, runs: 1, rule } : undefined;
}
