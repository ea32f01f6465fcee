const afterValue = /^(?:\s*(?:[,;}\])&|:"'\\>]|\/>|$)| [\p{L}-]|[.?!](?:\s|$))/u;
const lookAhead = 8;

/**
 * The quote that ends a value is followed by what goes on after a value; others are a part of it, and so are two in a row
 * ('it''s'), but for those of an empty value.
 */
export function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (at > from && text[at + 1] === quote && text[at + 2] !== quote && /[\p{L}\p{N}]/u.test(text[at + 2] ?? '')) at++;
    else if (afterValue.test(text.slice(at + 1, at + 1 + lookAhead))) return at;
  }
  return text.length;
}
