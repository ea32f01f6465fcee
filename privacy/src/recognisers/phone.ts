import type { CountryCode, PhoneNumber } from 'libphonenumber-js';
import { type Run, standsAlone, type Window, windowOf } from './digit-runs.js';
import type { NumberMatch } from './number-match.js';
import { countriesWritingSo, endOfExtension, standsInColumns } from './phone-forms.js';
import { hasUnit } from './units.js';

/** The part of libphonenumber that is used. It is large: it is loaded when the first candidate has been found. */
export interface PhoneLibrary {
  parsePhoneNumberFromString(
    text: string,
    options: { defaultCountry?: CountryCode; extract: false },
  ): PhoneNumber | undefined;
}

/** Groups in which Russian and Kazakh numbers are written after 8 or 7; the last is the number without any grouping. */
const trunkForms =
  /^(?:1 3 3 2 2|1 3 3 4|1 3 7|1 10|1 3 2 2 3|1 3 2 3 2|1 3 4 3|1 4 2 2 2|1 4 3 3|1 4 6|1 5 5|4 3 2 2|4 7|11)$/;
/** The same without 8, and the North American form. */
const cityForms = /^(?:3 3 2 2|3 3 4|3 7|4 2 2 2|4 6|5 5|5 1 2 2)$/;
const mostGroups = 8;
/** How far back a neutral word before a number may begin. */
const farthestNeutral = 40;

/**
 * Phone numbers that are written as such. Candidates are found by their grouping, then the library decides.
 * @param neutral expression for a word right before a number that says what it is
 */
export function phoneRecogniser(countries: readonly string[], load: () => PhoneLibrary, neutral: () => RegExp) {
  let library: PhoneLibrary | undefined;
  const parse = (number: string, country?: string) => {
    library ??= load();
    return library.parsePhoneNumberFromString(number, {
      ...(country ? { defaultCountry: country as CountryCode } : {}),
      extract: false,
    });
  };
  const validIn = (digits: string, wanted: readonly string[]) =>
    wanted.some((country) => countries.includes(country) && parse(digits, country)?.isValid());

  return (text: string, runs: readonly Run[], at: number): NumberMatch | undefined => {
    const run = runs[at];
    if (!run || run.end - run.start > 15) return undefined;
    // m=+8601.438758737: the clock that Go prints behind a time.
    if (text[run.end] === '.' && text.startsWith('m=+', run.start - 3)) return undefined;
    if (text[run.start - 1] === '+' || /\+ ?\($/.test(text.slice(Math.max(0, run.start - 3), run.start)))
      return international(text, runs, at);
    return national(text, runs, at);
  };

  /** +7 916 123-45-67: the longest run of groups that is a number. */
  function international(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
    let best: NumberMatch | undefined;
    for (let count = 1; count <= mostGroups; count++) {
      const window = windowOf(text, runs, at, count);
      if (!window || window.digits.length > 15 || (count > 1 && window.gaps.at(-1)?.includes('+'))) break;
      if (window.digits.length < 7 || /\p{L}/u.test(text[endOfExtension(text, window.end)] ?? '')) continue;
      const parsed = parse(`+${window.digits}`);
      if (!parsed?.isPossible()) continue;
      const valid = parsed.isValid();
      if (!valid && best) continue;
      best = { start: text.lastIndexOf('+', window.start), end: window.end, runs: count, rule: 'written form' };
      if (valid && window.digits.length >= 11) return best;
    }
    return best;
  }

  function national(text: string, runs: readonly Run[], at: number): NumberMatch | undefined {
    const { fewest, most } = groupsWithDigits(runs, at, 9, 15);
    for (let count = most; count >= fewest; count--) {
      const window = windowOf(text, runs, at, count);
      if (!window || !standsAlone(text, outerStart(text, window), endOfExtension(text, window.end))) continue;
      if (!isNational(text, window) && !isWrittenSo(text, window)) continue;
      const opened = text[window.start - 1] === '(' && window.gaps[0]?.includes(')');
      const start = opened ? window.start - 1 : window.start;
      return { start, end: window.end, runs: count, rule: window.lengths === '11' ? 'prefix' : 'written form' };
    }
    return undefined;
  }

  /** The form of one country alone: 0176 13979236, 644 11 18 94. */
  function isWrittenSo(text: string, window: Window): boolean {
    const { start, end, digits, gaps } = window;
    const wanted = countriesWritingSo(window);
    if (wanted.length === 0 || hasUnit(text, start, end)) return false;
    if (snils.test(text.slice(start, start + snilsLength))) return false;
    if (gaps.every((gap) => gap === ' ') && standsInColumns(text, window)) return false;
    // A part of a path, and no number with a slash in it.
    if (gaps.includes('/') && (text[start - 1] === '/' || text[end] === '/')) return false;
    return !neutral().test(text.slice(Math.max(0, start - farthestNeutral), start)) && validIn(digits, wanted);
  }

  function isNational(text: string, window: Window): boolean {
    const { lengths, digits, gaps } = window;
    if (!digits.startsWith('0') && !trunkForms.test(lengths) && !cityForms.test(lengths)) return false;
    if (gaps.some((gap) => /[/+№]/.test(gap))) return false;
    if (hasFraction(text, window) || isEndOfTime(text, window)) return false;
    // Ports and counts: 47305 - 25871.
    if (gaps.length === 1 && gaps[0] === ' - ') return false;
    // 087-654-303 00 is the form of a SNILS.
    if (/^3 3 3(?: 2)?$/.test(lengths) && snils.test(text.slice(window.start, window.start + snilsLength)))
      return false;
    if (digits.length === 11 && /^[78]/.test(digits) && trunkForms.test(lengths)) {
      // Ungrouped, only mobile numbers are told from other numbers of 11 digits, and none that its neighbour names: order 79161234567.
      return lengths === '11'
        ? /^[78]9/.test(digits) &&
            !neutral().test(text.slice(Math.max(0, window.start - farthestNeutral), window.start)) &&
            !hasUnit(text, window.start, window.end) &&
            validIn(`+7${digits.slice(1)}`, ['RU'])
        : validIn(`+7${digits.slice(1)}`, ['RU', 'KZ']);
    }
    const written = text[window.start - 1] === '(' || gaps.some((gap) => /[-()]/.test(gap));
    if (
      digits.length === 10 &&
      cityForms.test(lengths) &&
      (written || (lengths === '3 3 4' && gaps.every((gap) => gap === '.')))
    ) {
      return lengths === '3 3 4' ? validIn(digits, ['US', 'RU']) : validIn(digits, ['RU']);
    }
    if (digits.length === 11 && lengths === '1 3 3 4' && digits.startsWith('1')) return validIn(digits, ['US']);
    // 020 7946 0958, 0049 30 123456: a zero in front and groups.
    // 0972-2589-6982 is rather the number of a batch.
    if (!digits.startsWith('0') || gaps.length === 0 || lengths === '4 4 4') return false;
    // The library knows no number that is kept for films: a mobile number is told by its form.
    if (lengths === '2 2 2 2 2')
      return (
        standsInNoDump(text, window) && countries.includes('FR') && (/^0[67]/.test(digits) || validIn(digits, ['FR']))
      );
    if (lengths === '5 6' && gaps[0] !== '.' && /^0[17]/.test(digits))
      return countries.includes('GB') && (digits.startsWith('07') || validIn(digits, ['GB']));
    if (isDate(lengths) || date.test(text.slice(window.start, window.end))) return false;
    // 0.048349544125 and 00:00:00.492 25746 begin with no 00 of a country.
    if (
      digits.startsWith('00') &&
      (lengths.startsWith('1 ') || timeBefore.test(text.slice(Math.max(0, window.start - 2), window.start)))
    )
      return false;
    if (digits.startsWith('00')) return parse(`+${digits.slice(2)}`)?.isValid() ?? false;
    // With spaces only, columns of numbers look alike: then there are three short groups or more.
    if (!written && !/^[2-5](?: [2-4]){2,}$/.test(lengths)) return false;
    return validIn(
      digits,
      countries.filter((country) => country !== 'RU' && country !== 'KZ'),
    );
  }
}

/** How many groups from here on have between `min` and `max` digits together; most is 0 when none have. */
function groupsWithDigits(runs: readonly Run[], at: number, min: number, max: number) {
  let [fewest, most, digits] = [1, 0, 0];
  for (let count = 1; count <= mostGroups; count++) {
    const run = runs[at + count - 1];
    if (!run || (count > 1 && run.gap === undefined)) break;
    digits += run.end - run.start;
    if (digits > max) break;
    if (digits < min) fewest = count + 1;
    else most = count;
  }
  return { fewest, most };
}

function outerStart(text: string, { start }: Window): number {
  return text[start - 1] === '(' ? start - 1 : start;
}

/** 06 12 34 56 78 with one kind of gap; pairs of hex digits around it are a dump of bytes. */
function standsInNoDump(text: string, { gaps, start, end }: Window): boolean {
  if (new Set(gaps).size > 1) return false;
  return (
    !/(?<![\p{L}\p{N}])[0-9a-f]{2}[ .:-]$/iu.test(text.slice(Math.max(0, start - 4), start)) &&
    !/^[ .:-][0-9a-f]{2}(?![\p{L}\p{N}])/iu.test(text.slice(end, end + 4))
  );
}

/** 0.450472 -0.231592: coordinates. */
function hasFraction(text: string, { start, end }: Window): boolean {
  return /(?<!\d)0\.\d/.test(text.slice(start, end));
}

/** The seconds of a time, and what stands behind them: 07:43:09 198.51.100.247. */
function isEndOfTime(text: string, { lengths, start }: Window): boolean {
  return lengths.startsWith('2 ') && /\d\d:$/.test(text.slice(Math.max(0, start - 3), start));
}

const snils = /^[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}$/;
const snilsLength = 14;
const timeBefore = /[0-9]:$/;
const date = /[0-9]{4}-[0-9]{2}-[0-9]{2}/;

function isDate(lengths: string): boolean {
  return /^(?:2 2 4|4 2 2|2 2 2)/.test(lengths);
}
