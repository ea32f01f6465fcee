import type { Shadow } from './shadow.js';

/** What ends a value of a query or form, when it stands there as deep in encodings as the value's own sign, or less deep. */
const stop = /[\s"'`,;&#<>|\\{}[\]]/;
const space = /\s/;
const percent = 37;
const plus = 43;
/** A space that a form writes as + stands as deep as one that is written as %20. */
const widthOfPercent = 3;

/**
 * Where a value goes on whose spaces are encoded: ?passphrase=aa%20bb, password=aa+bb&x=1. Only by its encoding such a space is
 * told from one that ends the value.
 * @param sign the = before the value
 * @param end where the value would end if the text had not been encoded
 */
export function endOfEncoded(shadow: Shadow, sign: number, end: number): number {
  const { text, offsets } = shadow;
  if (!offsets || end >= text.length) return end;
  const width = widthAt(shadow, sign);
  if (widthAt(shadow, end) <= width) return end;
  let at = end;
  while (at < text.length && !(stop.test(text[at] ?? '') && widthAt(shadow, at) <= width)) at++;
  // Brackets at the end are rather the text's, and encoded spaces are no part of a value.
  while (at > end && text[at - 1] === ')' && widthAt(shadow, at - 1) <= width) at--;
  while (at > end && space.test(text[at - 1] ?? '')) at--;
  return at;
}

/** How many signs of the original a sign takes by percent-encoding: 1 for a plain one, 3 for %20, 5 for %2520. */
function widthAt({ original, text, offsets }: Shadow, at: number): number {
  const from = offsets?.[at] ?? at;
  const written = original.charCodeAt(from);
  if (written === percent) return (offsets?.[at + 1] ?? from + 1) - from;
  return written === plus && text[at] === ' ' ? widthOfPercent : 1;
}
