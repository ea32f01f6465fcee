import { endOfWord } from './recognisers/codes.js';

/** Digest username="ivan", response="…": of a header that was decoded, the quotes are not those around it. */
const parameters = '(?:[a-z_-]{1,20}=(?:"[^"\\n]{0,1000}"|[^",\\n\'\\s]{0,1000})(?:, {0,2})?){1,20}';
const knownSchemes = '(?:digest|oauth|hawk|signature|aws4-hmac-sha256|negotiate|mac)';
const schemeWithParameters = new RegExp(`^${knownSchemes} {1,3}${parameters}`, 'i');
const anySchemeWithParameters = new RegExp(`^[a-z][a-z0-9_-]{1,30} {1,3}${parameters}`, 'i');
/** Any scheme and its credential (RFC 9110, 11.4): one word that is rather a credential than the next of a sentence. */
const schemeAndWord =
  /^[A-Za-z][A-Za-z0-9_-]{1,30} {1,3}(?=[^\s"'<>,;]{6})(?=[^\s"'<>,;]{0,200}(?:\d|=|[a-z][A-Z]|[A-Z][a-z]?[A-Z]))/;
const longestScheme = 4_000;

/** One cookie, or an attribute of one (RFC 6265, 4.1): the spaces of a date are the only ones. */
const cookie =
  /(?:expires=[a-z]{3,9}, \d{1,2}[ -][a-z]{3}[ -]\d{2,4} [\d:]{8}(?: GMT)?|(?:[^\s=;,"'<>]{1,256}=)?(?:"[^"\n]{0,4000}"|[^\s;,"'<>]*))/iy;
const nextCookie = /; {0,2}(?=[^\s;,"'<>])|, {0,2}(?=[^\s=;,"'<>]{1,256}=)/y;
const mostCookies = 200;
const lineOfCookies = /(?:^|\n)[\t\r ]{0,8}(?:set-)?cookie: {0,2}$/i;
const longestLineStart = 24;

/**
 * Where the value of a header ends that is more than a word: credentials with their scheme, a list of cookies.
 * @param key the words of the key, of which only those of such headers have one
 * @param quoted the value stands in quotes, where a list of cookies needs no grammar
 */
export function endOfHeader(text: string, start: number, key: string, quoted: boolean): number | undefined {
  if (key.endsWith('cookie')) return quoted ? undefined : endOfCookies(text, start);
  const value = text.slice(start, start + longestScheme);
  const known = schemeWithParameters.exec(value);
  if (known) return start + known[0].length;
  if (!key.endsWith('authorization')) return undefined;
  const scheme = anySchemeWithParameters.exec(value);
  if (scheme) return start + scheme[0].length;
  const word = quoted ? undefined : schemeAndWord.exec(value);
  return word ? endOfWord(text, start + word[0].length) : undefined;
}

function endOfCookies(text: string, start: number): number {
  // A header by itself on its line: the value is all of it, whatever its signs.
  if (lineOfCookies.test(text.slice(Math.max(0, start - longestLineStart), start))) {
    const end = text.indexOf('\n', start);
    return end < 0 ? text.length : end;
  }
  let end = start;
  for (let count = 0; count < mostCookies; count++) {
    cookie.lastIndex = end;
    end += cookie.exec(text)?.[0].length ?? 0;
    nextCookie.lastIndex = end;
    if (!nextCookie.test(text)) break;
    end = nextCookie.lastIndex;
  }
  const inQuery = text[start - 1] === '=' ? text.slice(start, end).indexOf('&') : -1;
  if (inQuery >= 0) return start + inQuery;
  // Brackets at the end are rather the text's.
  while (end > start && /[)\]}]/.test(text[end - 1] ?? '')) end--;
  return end;
}
