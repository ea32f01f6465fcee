/** Beginning of the attributes that count what was masked in a record, one for each kind: `redaction.masked.<kind>`. */
export const countPrefix = 'redaction.masked.';

/** A count has no more digits: with them a number under such a name could be a phone's or a card's. */
export const mostCountDigits = 5;

const countKey = /^redaction\.masked\.[a-z0-9_]{1,40}$/;

/** Whether a key is the name of such a counter, `redaction.masked.phone`: its words are a listed key's, its number is not. */
export function isCountKey(key: string): boolean {
  return countKey.test(key);
}

/** Whether a value is a count: a whole number, not the text of one. */
export function isCount(value: number | bigint): boolean {
  return value >= 0 && value < 10 ** mostCountDigits && (typeof value === 'bigint' || Number.isInteger(value));
}
