/** The most that is taken back before a cut. */
const FARTHEST = 200;
const SPACE = /\s/;
const OF_A_NUMBER = /[\d\s().+-]/;

/**
 * Where a text of more than `longest` characters is cut: before the word at that place, and before the digits in front of it, so
 * that no half of a mail address or of a number is left, which nothing would find. In a text without spaces it is cut there.
 */
export function endOfCut(text: string, longest: number): number {
  const least = Math.max(0, longest - FARTHEST);
  let end = longest;
  while (end > least && !SPACE.test(text.charAt(end - 1))) end -= 1;
  if (end === least) return longest;
  while (end > least && OF_A_NUMBER.test(text.charAt(end - 1))) end -= 1;
  return end;
}
