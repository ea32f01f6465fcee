import { pairOf } from './literal-table.js';
import { dash, isAsciiLetter, isHexDigit } from './signs.js';

/** The shortest IBAN has 15 signs; numbers have more digits than this, or signs that are no letter, digit or dash. */
const longestShort = 14;
const mostDigits = 6;
/** National numbers with letters have nine signs or more, four digits or more, and no dash. */
const mostDigitsOfWord = 3;
const farthestDash = 8;
const uuidLength = 36;
const hexDigitsOfUuid = 32;

/** What a sign counts for: digits are counted in the low bits, what makes a text no identifier sets the high one. */
const weights = new Uint8Array(128).map((_, code) =>
  code >= 48 && code <= 57 ? 1 : code === dash || isAsciiLetter(code) ? 0 : 128,
);
const hexWeights = new Uint8Array(128).map((_, code) => (isHexDigit(code) ? 1 : 0));

/**
 * Tells ids that can hold nothing by their shape, without a branch for each sign: ids of random letters and digits are
 * what a processor can't predict, and what stands in nearly every record.
 * @param literals the table of the policy's literals, by `pairOf`: what may hold one is no identifier
 */
export function compileIdentifiers(literals: Uint8Array): (bytes: Uint8Array, length: number) => boolean {
  /** ORD-7K2ABCDE45, a word: too few signs for an IBAN, too few digits for a number, and what touches a single dash is none. */
  function isShort(bytes: Uint8Array, length: number): boolean {
    let sum = 0;
    let before = dash;
    let doubtful = 0;
    let dashes = 0;
    for (let i = 0; i < length; i++) {
      const code = bytes[i] as number;
      dashes |= code === dash && i <= farthestDash ? 1 : 0;
      sum += weights[code] as number;
      doubtful |= (literals[pairOf(before, code)] as number) | (before === dash && code === dash ? 1 : 0);
      before = code;
    }
    return sum <= (dashes ? mostDigits : mostDigitsOfWord) && doubtful === 0;
  }

  /** Digits that touch the dashes of a UUID stand in no number. */
  function isUuid(bytes: Uint8Array): boolean {
    if (bytes[8] !== dash || bytes[13] !== dash || bytes[18] !== dash || bytes[23] !== dash) return false;
    let hexDigits = 0;
    let before = dash;
    let doubtful = 0;
    for (let i = 0; i < uuidLength; i++) {
      const code = bytes[i] as number;
      hexDigits += hexWeights[code] as number;
      doubtful |= literals[pairOf(before, code)] as number;
      before = code;
    }
    return hexDigits === hexDigitsOfUuid && doubtful === 0;
  }

  return (bytes, length) => (length <= longestShort ? isShort(bytes, length) : length === uuidLength && isUuid(bytes));
}
