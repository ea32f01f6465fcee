/** The quote that ends a value is followed by what goes on after a value; others are a part of it. */
export function closingQuote(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (/^\s*(?:[,;}\])&|:"'\\]|$)/.test(text.slice(at + 1, at + 9)) || /^ \p{L}/u.test(text.slice(at + 1, at + 4)))
      return at;
  }
  return text.length;
}
