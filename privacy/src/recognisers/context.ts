import { type CompiledKind, contextWord, type Finding } from '../compiled.js';
import { literal } from '../words.js';
import { standsAlone } from './digit-runs.js';
import { hasUnit } from './units.js';

/** How many words may stand between a context word and its value. */
const wordsBetween = 3;
/** How far apart they may stand at most, so that a text of spaces stays cheap. */
const farthestChars = 80;
const longestWord = 60;

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly digits: number;
  readonly shape: 'digits' | 'code' | 'date';
}

const candidateForm =
  /(?<![A-Za-z\p{N}])(?:(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})|[+(]?\d(?:[ \u00a0.()-]{0,2}\d){2,19}|(?=[A-Z]{0,3}\d)([A-Z0-9]{5,17}))(?![\p{L}\p{N}])/gu;

/** Of a program that names itself: Chrome/115.0.4772.96 */
const version = /^[A-Za-z]\/\d+(?:\.\d+){3,}$/;

const months =
  '(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|(?:янв|фев|мар|апр|ма[йя]|ию[нл]|авг|сен|окт|ноя|дек)[а-я]{0,5})';
/** March 5, 1990; 5th of March 1990; 5 мая 1990 */
const dateInWords = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${months}\\.? \\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th|-?го)?(?: of)? ${months}\\.?),? \\d{4}(?![\\p{L}\\p{N}])`,
  'giu',
);

export interface ContextWords {
  readonly find: () => RegExp;
  readonly kindsOf: ReadonlyMap<string, readonly CompiledKind[]>;
}

/** Expression for a neutral word right before a number, such as 'order' or 'id', also as the last part of orderId and in a path. */
export function neutralBefore(words: readonly string[]): RegExp {
  const alternatives = (variants: (word: string) => string[]) =>
    words.flatMap(variants).map(literal).join('|') || '(?!)';
  const small = alternatives((word) => [word]);
  const capital = alternatives((word) => [word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()]);
  return new RegExp(`(?:(?<!\\p{L})(?:${small}|${capital})|(?<=\\p{Ll})(?:${capital}))[\\s:=#№"'./()[\\]]{0,4}$`, 'u');
}

/**
 * Numbers, codes and dates that are personal by a context word of the policy within three words of them. A word claims
 * the nearest value after it; only when there is none, the nearest before it.
 */
export function findByContext(text: string, { find, kindsOf }: ContextWords, neutral: () => RegExp): Finding[] {
  const hits = [...text.matchAll(find())];
  if (hits.length === 0) return [];
  const candidates = candidatesIn(text);
  const findings: Finding[] = [];
  for (const hit of hits) {
    for (const kind of kindsOf.get(contextWord(hit[0])) ?? []) {
      const claimed = claim(text, hit.index, hit.index + hit[0].length, candidates, kind, neutral());
      for (const { start, end } of claimed) findings.push({ start, end, kind, rule: `context word '${hit[0]}'` });
    }
  }
  return findings;
}

/** Whether a context word of its kind stands within three words of a match. */
export function hasContext(text: string, { start, end, kind }: Finding, { find, kindsOf }: ContextWords): boolean {
  const isOfKind = (hit: RegExpExecArray) => kindsOf.get(contextWord(hit[0]))?.includes(kind) ?? false;
  const before = text.slice(Math.max(0, start - farthestChars - longestWord), start);
  const after = text.slice(end, end + farthestChars + longestWord);
  return (
    [...before.matchAll(find())].some((hit) => isOfKind(hit) && near(before.slice(hit.index + hit[0].length))) ||
    [...after.matchAll(find())].some((hit) => isOfKind(hit) && near(after.slice(0, hit.index)))
  );
}

function candidatesIn(text: string): Candidate[] {
  const dates = [...text.matchAll(dateInWords)].map(
    ({ index, 0: found }) => ({ start: index, end: index + found.length, digits: 0, shape: 'date' }) as const,
  );
  const numbers = numbersIn(text);
  if (dates.length === 0) return numbers;
  const beside = numbers.filter(({ start, end }) => {
    const date = dates[lowerBound(dates, end) - 1];
    return !date || date.end <= start;
  });
  return [...beside, ...dates].sort((a, b) => a.start - b.start);
}

function numbersIn(text: string): Candidate[] {
  return [...text.matchAll(candidateForm)].flatMap((match) => {
    const [found, date, code] = match;
    // The bracket of a number without its other one is the text's: 'Key (phone)=(1234567)'.
    const all = found.startsWith('(') && !found.includes(')') ? found.slice(1) : found;
    const end = match.index + found.length;
    const start = end - all.length;
    if (!standsAlone(text, all.startsWith('+') || all.startsWith('(') ? start + 1 : start, end)) return [];
    if (text[start - 1] === '/' && version.test(text.slice(Math.max(0, start - 2), end))) return [];
    const digits = all.replace(/\D/g, '').length;
    if (digits === all.length && hasUnit(text, start, end)) return [];
    return [{ start, end, digits, shape: date ? 'date' : code && digits < code.length ? 'code' : 'digits' } as const];
  });
}

function claim(
  text: string,
  wordStart: number,
  wordEnd: number,
  candidates: readonly Candidate[],
  kind: CompiledKind,
  neutral: RegExp,
): Candidate[] {
  const firstAfter = lowerBound(candidates, wordEnd);
  for (let i = firstAfter; i < candidates.length; i++) {
    const candidate = candidates[i];
    if (!candidate || !near(text.slice(wordEnd, Math.min(candidate.start, wordEnd + farthestChars + 1)))) break;
    const value = fits(candidate, kind)
      ? candidate
      : (passportIn(text, candidate, kind) ?? firstGroup(text, candidate));
    if (!fits(value, kind) || neutral.test(text.slice(Math.max(wordEnd, value.start - 40), value.start))) continue;
    return [value, ...listed(text, candidates, i, kind)];
  }
  const before = candidates[lowerBound(candidates, wordStart) - 1];
  if (!before || before.end > wordStart || !fits(before, kind)) return [];
  if (!near(text.slice(Math.max(before.end, wordStart - farthestChars - 1), wordStart))) return [];
  return neutral.test(text.slice(Math.max(0, before.start - 40), before.start)) ? [] : [before];
}

const passportForm = /(?<!\d)(?:\d{4}|\d{2}[ \u00a0]\d{2})[ \u00a0]\d{6}(?!\d)/;

/** A passport whose neighbours are columns by their form: 'passport 200 4510 123456 12'. */
function passportIn(
  text: string,
  { start, end, shape }: Candidate,
  { recognise }: CompiledKind,
): Candidate | undefined {
  if (shape !== 'digits' || !recognise.has('passport')) return undefined;
  const found = passportForm.exec(text.slice(start, end));
  return found
    ? { start: start + found.index, end: start + found.index + found[0].length, digits: 10, shape }
    : undefined;
}

/** Two numbers side by side can look like one: 'pin 1234 4567'. */
function firstGroup(text: string, { start, end }: Candidate): Candidate {
  const digits = /^\d*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start, end: start + digits, digits, shape: 'digits' };
}

/** 'phones 123-45-67, 765-43-21': what goes on the list belongs to the same word. */
function listed(text: string, candidates: readonly Candidate[], from: number, kind: CompiledKind): Candidate[] {
  const more: Candidate[] = [];
  for (let i = from + 1; i < candidates.length; i++) {
    const [previous, candidate] = [candidates[i - 1], candidates[i]];
    if (!previous || !candidate || candidate.start - previous.end > 6 || !fits(candidate, kind)) break;
    if (!/^\s?(?:[,;/]|and|or|и|или)?\s?$/u.test(text.slice(previous.end, candidate.start).trim())) break;
    more.push(candidate);
  }
  return more;
}

function fits({ digits, shape }: Candidate, { recognise, minDigits, maxDigits }: CompiledKind): boolean {
  if (shape === 'date') return recognise.has('date');
  if (shape === 'code') return recognise.has('code') && digits >= 4;
  return recognise.has('digits') && digits >= minDigits && digits <= maxDigits;
}

/** At most three words, and no end of a sentence or of a field, between a context word and a value. */
function near(between: string): boolean {
  if (between.length > farthestChars || /[\n;{}[\]]/.test(between)) return false;
  return (between.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= wordsBetween;
}

function lowerBound(candidates: readonly Candidate[], offset: number): number {
  let low = 0;
  let high = candidates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candidates[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
