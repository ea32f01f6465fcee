import { compileIdentifiers } from './identifiers.js';
import { literalTable, pairOf } from './literal-table.js';
import { ibanLengths } from './recognisers/codes.js';
import type { Policy } from './schema.js';
import {
  dash,
  digit,
  dot,
  gap,
  isAsciiLetter,
  isHexDigit,
  kindOf,
  lower,
  percent,
  plus,
  quote,
  signal,
  space,
  underscore,
  upper,
} from './signs.js';
import { listed, shortestWord, startsSql, wordHash, wordLetters, wordTable } from './word-table.js';

/** Digits near each other from which on a number could be a form of the policy by itself (a passport has ten, a phone nine). */
const fewestDigits = 9;
/** Digits that go on from letters (a hex number, ORD-4111…) are an identifier's, unless there are as many as a card's or IBAN's. */
const fewestGluedDigits = 12;
const farthestDigits = 3;
/** Digits in groups with one sign between, whatever sign: 4111_1111_1111_1111, and every time of day with a date. */
const fewestJoinedDigits = 15;
/** Capitals and digits without a break, of which some are digits: national numbers with letters. */
const fewestCodeSigns = 9;
const fewestCodeDigits = 4;
/** Texts shorter than this can't hold anything but by their key. */
const shortestText = 5;
const shortestIban = 15;
/** Texts up to this length are read as bytes: the signs of a string that was put together cost several times as much each. */
const longestCopied = 256;

/** What a text can hold: nothing; nothing, and it is an id that will hardly be seen again; something. */
export const nothing = 0;
export const onlyAnId = 1;
export const something = 2;
export type CheapAnswer = typeof nothing | typeof onlyAnId | typeof something;

/**
 * Decides in one pass over the characters whether a text can hold anything personal: enough digits near each other, an @,
 * an escape, a sign from beyond the usual scripts, or a word or literal of the policy. It may say yes for nothing, and
 * never no for something; what it costs is what an ordinary record costs.
 */
export function compileCheapPass(policy: Policy): (text: string) => CheapAnswer {
  const { markOf, phrases } = wordTable(policy);
  const { pairs: literalPairs, standsAt } = literalTable(policy, phrases);
  const isIdentifier = compileIdentifiers(literalPairs);
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(3 * longestCopied);

  return function cheapPass(text) {
    const { length } = text;
    if (length < shortestText) return nothing;
    // As many bytes as signs: all are ASCII.
    const copied = length <= longestCopied && encoder.encodeInto(text, bytes).written === length;
    if (copied && isIdentifier(bytes, length)) return onlyAnId;
    let before = 0;
    let previous = gap;
    let wordStart = 0;
    let wordLength = 0;
    let hash = 0;
    let digits = 0;
    let run = 0;
    let joined = 0;
    let lastDigit = -3;
    let sinceDigit = farthestDigits + 1;
    let wanted = fewestDigits;
    let pairs = 0;
    let uppers = 0;
    let codeSigns = 0;
    let codeDigits = 0;
    let sqlSeen = false;
    let quoteSeen = false;
    for (let i = 0; i < length; i++) {
      const code = copied ? (bytes[i] as number) : text.charCodeAt(i);
      if (literalPairs[pairOf(before, code)] !== 0 && standsAt(text, i)) return something;
      const kind = kindOf(code);
      if (kind === lower || kind === upper) {
        if (kind === upper) {
          if (wordLength > 0 && previous === lower) {
            if (wordLength >= shortestWord && wordLength < wordLetters && markOf(hash, text, wordStart, i) === listed)
              return something;
            wordLength = 0;
          }
          if (++codeSigns >= fewestCodeSigns && codeDigits >= fewestCodeDigits) return something;
          // 12345678-Z, and AB 12 34 56 C
          if (sinceDigit === 1 && before === dash && (run === 7 || run === 8)) return something;
          if (pairs >= 3 && sinceDigit <= 1 && (sinceDigit === 0 || isSpace(before))) return something;
          uppers++;
        } else {
          codeSigns = codeDigits = 0;
          // HTTPPassword: the last capital begins a word.
          if (uppers > 1 && previous === upper) {
            wordLength = 1;
            wordStart = i - 1;
            hash = wordHash(0, lowerCase(before));
          }
          uppers = 0;
        }
        if (wordLength === 0) {
          hash = 0;
          wordStart = i;
        }
        if (++wordLength <= wordLetters) {
          hash = wordHash(hash, kind === lower ? code : lowerCase(code));
          if (wordLength === wordLetters) {
            const mark = markOf(hash, text, wordStart, i + 1);
            if (mark === listed) return something;
            if (mark === startsSql) sqlSeen = true;
          }
        }
        sinceDigit = farthestDigits + 1;
      } else {
        if (wordLength >= shortestWord && wordLength < wordLetters) {
          const mark = markOf(hash, text, wordStart, i);
          if (mark === listed) return something;
          if (mark === startsSql) sqlSeen = true;
        }
        if (kind === digit) {
          if (previous !== digit) {
            const afterLetter = isAsciiLetter(before);
            if (wordLength === 2 && afterLetter && mayBeIban(text, wordStart)) return something;
            if (sinceDigit > farthestDigits) {
              digits = 0;
              wanted =
                afterLetter || (before === dash && isAsciiLetter(text.charCodeAt(i - 2)))
                  ? fewestGluedDigits
                  : fewestDigits;
            } else if (wanted === fewestGluedDigits && before !== dash) {
              digits = 0;
              wanted = fewestDigits;
            }
            if (sinceDigit !== 1 || !isSpace(before)) pairs = 0;
            if (i - lastDigit !== 2 || afterLetter) joined = 0;
            run = 0;
          }
          run++;
          codeDigits++;
          lastDigit = i;
          if (++digits >= wanted || (++codeSigns >= fewestCodeSigns && codeDigits >= fewestCodeDigits))
            return something;
          if (++joined >= fewestJoinedDigits) return something;
          sinceDigit = 0;
        } else {
          if (kind === signal && (code !== percent || isHexDigit(text.charCodeAt(i + 1)))) return something;
          if (kind === quote) quoteSeen = true;
          if (previous === digit) pairs = run === 2 ? pairs + 1 : 0;
          sinceDigit = kind === gap ? sinceDigit + 1 : farthestDigits + 1;
          codeDigits = 0;
          // What follows - . or _ is a part of an identifier, such as ORD-7K2ABCDE45.
          codeSigns = code === dash || code === dot || code === underscore ? -length : 0;
        }
        wordLength = 0;
        uppers = 0;
      }
      previous = kind;
      before = code;
    }
    if (wordLength >= shortestWord && wordLength < wordLetters && markOf(hash, text, wordStart, length) === listed)
      return something;
    if (sqlSeen && quoteSeen) return something;
    return nothing;
  };
}

function lowerCase(capital: number): number {
  return capital < 128 ? capital | 32 : capital < 0x410 ? capital + 80 : capital + 32;
}

/** A form writes a space as +. */
function isSpace(code: number): boolean {
  return code === space || code === plus;
}

/** Two letters and digits that begin a word, as an IBAN does in any case of letters. */
function mayBeIban(text: string, start: number): boolean {
  if (text.length - start < shortestIban || !ibanLengths.has(text.slice(start, start + 2).toUpperCase())) return false;
  return start === 0 || kindOf(text.charCodeAt(start - 1)) !== digit;
}
