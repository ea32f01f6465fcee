import type { CompiledKind, Finding } from './compiled.js';
import type { KeyRules, KeyVerdict } from './key-rules.js';
import { closingQuote } from './quotes.js';
import { endOfWord } from './recognisers/codes.js';
import { isReplaced } from './replace.js';

/** The farthest that a key may reach back from its ':' or '='. */
const longestKey = 64;
const longestPlainValue = 160;
const longestTag = 240;
/** A name and its value in an object: {"field":"phone","new":"…"}. */
const farthestPair = 400;

/** Digest username="ivan", response="…": of a header that was decoded, the quotes are not those around it. */
const schemeWithParameters =
  /^(?:digest|oauth|hawk|signature|aws4-hmac-sha256|negotiate|mac) {1,3}(?:[a-z_-]{1,20}=(?:"[^"\n]{0,1000}"|[^",\n'\s]{0,1000})(?:, {0,2})?){1,20}/i;
const longestScheme = 4_000;

/** A key with an operator or an index behind it: phone[eq]=…, filter[phone][like]=…, phone[]=… */
const bracketedKey =
  /([\p{L}\p{N}_.-]{1,60})\]?\[(?:\$?(?:eq|neq?|gte?|lte?|n?in|i?like|i?contains|i?exact|regex|starts_?with|ends_?with)|[0-9]{0,4})\]$/iu;

/** What stands between a key and its value; a filter has a word: phone eq '…', phone:like:… */
const operator = '(?:eq|ne|gt|lt|ge|le|in|like|ilike|contains|starts ?with|ends ?with|matches)';
const labelSigns = new RegExp(`[:=>]|(?<=[\\p{L}\\p{N}"'\\])]) ${operator}(?=[ (]+["'(])`, 'giu');
const leadingOperator = new RegExp(`^${operator}[ :(]{1,3}`, 'i');

/** Values that say something about a field instead of being its value: 'password: required'. */
const notValues =
  /^(?:null|undefined|true|false|none|nil|required|missing|invalid|empty|must|is|are|was|not|no|changed|reset|expired|wrong|incorrect|failed|string|number|boolean|object|\?+|\$\d+|%[sdoj]|\*{3,}[\p{L}\p{N}]{0,4}|\[?redacted\]?)$/iu;

/**
 * Values whose listed key stands before them in a text: JSON whole or cut off, query strings and forms, headers,
 * 'password: x', PostgreSQL's 'Key (email)=(x)'. One pass over the text; a value that was found is not looked into again.
 */
export function findByLabel(text: string, keys: KeyRules, mask: string): Finding[] {
  const findings: Finding[] = [];
  const labels = new RegExp(labelSigns);
  let pair: { values: readonly string[]; verdict: KeyVerdict; until: number } | undefined;
  for (let sign = labels.exec(text); sign; sign = labels.exec(text)) {
    const label = sign[0] === '>' ? elementBefore(text, sign.index) : keyBefore(text, sign.index);
    if (!label) continue;
    const { verdict, key } = verdictOf(label, keys);
    const paired = pair && sign.index < pair.until && pair.values.includes(verdict.name) ? pair.verdict : undefined;
    const kind = paired?.kind ?? verdict.kind;
    if (!kind && verdict.pairs.length === 0) continue;
    const value = valueAfter(text, sign.index + sign[0].length - 1, kind);
    if (verdict.pairs.length > 0 && value) {
      const named = keys.of(text.slice(value.start, Math.min(value.end, value.start + longestKey)));
      pair = named.kind ? { values: verdict.pairs.flat(), verdict: named, until: value.end + farthestPair } : undefined;
    }
    if (!kind || !value || value.end <= value.start) continue;
    labels.lastIndex = Math.max(labels.lastIndex, value.end);
    const raw = text.slice(value.start, value.end);
    if (notValues.test(raw) || isReplaced(raw, mask) || (!paired && verdict.spared.some((form) => form.test(raw))))
      continue;
    findings.push({ ...value, kind, rule: paired ? `key '${kind.name}' in a field beside it` : `key '${key}'` });
  }
  return findings;
}

/** The words before a sign, back to the start of the key; the whole phrase first, then its last words. */
function keyBefore(text: string, sign: number): string | undefined {
  const inBrackets = text[sign - 1] === ']' && bracketedKey.exec(text.slice(Math.max(0, sign - longestKey), sign));
  if (inBrackets) return inBrackets[1];
  let end = sign;
  while (end > 0 && /["'\s\])`]/.test(text[end - 1] ?? '') && sign - end < 4) end--;
  let start = end;
  while (start > 0 && end - start < longestKey && /[\p{L}\p{N}_.\-$ /]/u.test(text[start - 1] ?? '')) start--;
  const key = text.slice(start, end).trim();
  return key === '' || /^[\d.\-/ ]+$/.test(key) ? undefined : key;
}

/** <phone>…</phone>, <ns:phone type="home">…</ns:phone>: the name of the element whose opening tag ends here. */
function elementBefore(text: string, end: number): string | undefined {
  const next = text.slice(end, end + longestPlainValue).indexOf('</');
  if (next < 0 || text.slice(end + 1, end + next).includes('<')) return undefined;
  const tag = text.slice(Math.max(0, end - longestTag), end);
  return /^([\p{L}_][\p{L}\p{N}_.-]{0,63}:)?([\p{L}_][\p{L}\p{N}_.-]{0,63})(?:\s[^<>]*)?$/u.exec(
    tag.slice(tag.lastIndexOf('<') + 1),
  )?.[2];
}

function verdictOf(phrase: string, keys: KeyRules): { verdict: KeyVerdict; key: string } {
  const words = phrase.split(' ').filter((word) => word !== '');
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const key = words.slice(-count).join(' ');
    const verdict = keys.of(key);
    if (verdict.kind) return { verdict, key };
  }
  // '/search/password: x': what stands before the last slash is a path; a listed key may hold one itself.
  const slash = phrase.lastIndexOf('/');
  if (slash >= 0 && slash < phrase.length - 1) return verdictOf(phrase.slice(slash + 1), keys);
  const key = words.at(-1) ?? phrase;
  return { verdict: keys.of(key), key };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function valueAfter(text: string, sign: number, kind: CompiledKind | undefined): Span | undefined {
  let start = sign + 1;
  if (text[start] === '>' || text[start] === '=') start++;
  // LDIF: 'userPassword:: …'; without the space it is a cast of SQL.
  if (text[sign] === ':' && text.startsWith(': ', start)) start++;
  while (start < text.length && (text[start] === ' ' || text[start] === '\t')) start++;
  start += leadingOperator.exec(text.slice(start, start + 16))?.[0].length ?? 0;
  // u'…' and b'…' of Python.
  if (/^[A-Za-z]{1,2}["']/.test(text.slice(start, start + 3)))
    start = text.slice(start, start + 3).search(/["']/) + start;
  const first = text[start] ?? '';
  // The name of a pair is short; only a value that will be masked may be long, and is not looked into again.
  if (!kind)
    return {
      start: start + (/["'`]/.test(first) ? 1 : 0),
      end: shortEnd(text, start, Math.min(text.length, start + 2 * longestKey)),
    };
  const quoted = first === '"' || first === "'" || first === '`';
  const scheme = schemeWithParameters.exec(text.slice(start + (quoted ? 1 : 0), start + longestScheme));
  if (scheme) return { start: start + (quoted ? 1 : 0), end: start + (quoted ? 1 : 0) + scheme[0].length };
  if (quoted && text.startsWith(first.repeat(3), start)) {
    const end = text.indexOf(first.repeat(3), start + 3);
    return { start: start + 3, end: end < 0 ? text.length : end };
  }
  if (quoted) return { start: start + 1, end: closingQuote(text, start + 1, first) };
  if (first === '{' || first === '[') return { start, end: closingBracket(text, start) };
  if (text[sign] === '>') return { start, end: endOf(text, start, /</) };
  if (first === '(') return { start: start + 1, end: endOf(text, start + 1, /[)\n]/) };
  return { start, end: plainEnd(text, start, kind, text[sign] === '=') };
}

function shortEnd(text: string, from: number, limit: number): number {
  const quoted = /^(["'`])([^"'`]*)\1/.exec(text.slice(from, limit));
  return quoted ? from + quoted[0].length - 1 : Math.min(limit, from + endOfWord(text.slice(from, limit), 0));
}

function closingBracket(text: string, from: number): number {
  const brackets = /[{}[\]]/g;
  brackets.lastIndex = from;
  let depth = 0;
  for (let sign = brackets.exec(text); sign; sign = brackets.exec(text)) {
    depth += sign[0] === '{' || sign[0] === '[' ? 1 : -1;
    if (depth === 0) return sign.index + 1;
  }
  return text.length;
}

/** Where an unquoted value ends: what a kind's value looks like tells. */
function plainEnd(text: string, start: number, { name, recognise }: CompiledKind, afterEquals: boolean): number {
  const rest = text.slice(start, start + longestPlainValue);
  if (/^(?:cookie|set-cookie)$/i.test(text.slice(Math.max(0, start - 12), start).replace(/[^a-z-]/gi, '')))
    return endOf(text, start, /[\n]/);
  const scheme = /^(?:bearer|basic|digest|negotiate|token) +/i.exec(rest);
  if (scheme) return endOfWord(text, start + scheme[0].length);
  if (recognise.has('digits') || recognise.has('inn')) {
    const number = /^[+(]?[0-9](?:[ \u00a0.()-]{0,2}[0-9]){2,24}/.exec(rest);
    if (number) return start + number[0].length;
  }
  // Feb 1, 1990 and 1 Feb 1990
  const date = recognise.has('date') && /^(?:\p{L}{3,9}\.? \d{1,2}|\d{1,2} \p{L}{3,9}\.?),? \d{4}/u.exec(rest);
  if (date) return start + date[0].length;
  // A password may hold brackets; those at its end are rather the text's.
  if (name === 'password') return start + (/^[^\s"'`,;&<>|\\]*/.exec(rest)?.[0].replace(/[)\]}]+$/, '').length ?? 0);
  if (name === 'name')
    return (
      start +
      (/^\p{L}[\p{L}'.-]{0,40}(?: \p{Lu}[\p{L}'.-]{0,40}){0,3}/u.exec(rest)?.[0].length ?? wordLength(text, start))
    );
  if (name === 'address' && !afterEquals)
    return start + (/^[^\n;|"&{}]*?(?=$|[\n;|"&{}]|,? [\p{L}_.-]{2,30}[:=])/u.exec(rest)?.[0].length ?? 0);
  if (name === 'address')
    return (
      start +
      (/^[^\n;|"&{}\s,]*(?:(?:, ?| (?=[\p{Lu}\d]))[^\n;|"&{}\s=:,]+(?=$|[\n;|"&{}\s,])){0,8}/u.exec(rest)?.[0].length ??
        0)
    );
  return endOfWord(text, start);
}

function wordLength(text: string, start: number): number {
  return endOfWord(text, start) - start;
}

function endOf(text: string, from: number, stop: RegExp): number {
  const limit = Math.min(text.length, from + 4_000);
  for (let at = from; at < limit; at++) if (stop.test(text[at] ?? '')) return at;
  return limit;
}
