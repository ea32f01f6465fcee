/** What a number counts, when this stands behind it. */
const unit =
  /^[ \u00a0]?(?:[mnuµ]s|secs?|seconds?|min|minutes?|hours?|days?|[kmgt]i?b|bytes?|rows?|records?|items?|px|мс|сек|секунд|мин|минут|часов|дней|байт|[кмг]б|строк|записей|шт)(?![\p{L}\p{N}])/iu;
/** A single letter behind a long number may be a word: Russian 'с' is 'from'. */
const shortUnit = /^[ \u00a0]?(?:[shb](?![\p{L}\p{N}])|%)/u;
const mostDigits = 6;
const longestUnit = 12;

/** Whether a number counts something: such a number is no code, card or telephone. */
export function hasUnit(text: string, start: number, end: number): boolean {
  const behind = text.slice(end, end + longestUnit);
  return unit.test(behind) || (end - start <= mostDigits && shortUnit.test(behind));
}
