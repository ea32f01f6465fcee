/** A run of digits in a text, and whether only spacing stands between it and the run before. */
export interface Run {
  readonly start: number;
  readonly end: number;
  /** Spacing signs between this run and the one before; undefined when something else stands there. */
  readonly gap: string | undefined;
}

const longestGap = 3;
const spacing = /^[ \u00a0\u2000-\u200a\u202f\-\u2010-\u2015.()/+№]*$/;

/** All runs of ASCII digits, in order. */
export function digitRuns(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  let previousEnd = -1;
  while (at < text.length) {
    if (!isDigit(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    while (at < text.length && isDigit(text.charCodeAt(at))) at++;
    const close = previousEnd >= 0 && start - previousEnd <= longestGap;
    const gap = close ? text.slice(previousEnd, start) : undefined;
    runs.push({ start, end: at, gap: gap !== undefined && spacing.test(gap) ? gap : undefined });
    previousEnd = at;
  }
  return runs;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Identifiers are of ASCII letters; a word of another script may touch a number: карта4111…, 4111…руб. */
const letterOrDigit = /[A-Za-z\p{N}]/u;

/**
 * Whether the signs from start to end stand by themselves: no letter or digit touches them, and they are no part of a
 * decimal number (0.41…), a version or a longer identifier (ORD-41…, a group of a UUID).
 * @param grouped the signs are groups of digits, which a word before a dash makes no identifier: card-4111-1111-1111-1111
 */
export function standsAlone(text: string, start: number, end: number, grouped = false): boolean {
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  if (letterOrDigit.test(before) || letterOrDigit.test(after)) return false;
  const beforeThat = text[start - 2] ?? ' ';
  const afterThat = text[end + 1] ?? ' ';
  if (before === '.' && isDigit(beforeThat.charCodeAt(0))) return false;
  if (after === '.' && isDigit(afterThat.charCodeAt(0))) return false;
  if (before === '-' && (grouped ? isDigit(beforeThat.charCodeAt(0)) : letterOrDigit.test(beforeThat))) return false;
  return !(after === '-' && letterOrDigit.test(afterThat));
}

/** The lengths of a window's runs, such as '4 4 4 4', its digits and its gaps; undefined when the runs are not joined. */
export interface Window {
  readonly lengths: string;
  readonly digits: string;
  readonly gaps: readonly string[];
  readonly start: number;
  readonly end: number;
}

export function windowOf(text: string, runs: readonly Run[], from: number, count: number): Window | undefined {
  const first = runs[from];
  let lengths = '';
  let digits = '';
  let end = 0;
  const gaps: string[] = [];
  for (let i = from; i < from + count; i++) {
    const run = runs[i];
    if (!run || !first) return undefined;
    if (i > from) {
      if (run.gap === undefined) return undefined;
      gaps.push(run.gap);
      lengths += ' ';
    }
    lengths += run.end - run.start;
    digits += text.slice(run.start, run.end);
    end = run.end;
  }
  return first && { lengths, digits, gaps, start: first.start, end };
}
