import type { CompiledKind } from './compiled.js';
import { endOfHeader } from './headers.js';
import { startOfDumped } from './php.js';
import { closingQuote } from './quotes.js';
import { endOfWord } from './recognisers/codes.js';
import { yamlBlock } from './yaml-block.js';

export const longestPlainValue = 160;
/** What stands between a key and its value; a filter has a word: phone eq '…', phone:like:…, phone=like=… */
export const operator = '(?:eq|ne|gt|lt|ge|le|in|like|ilike|contains|starts ?with|ends ?with|matches)';
const leadingOperator = new RegExp(`^(?:${operator}[ :(]{1,3}|(?:${operator}|out|nin|regex)=)`, 'i');
/** The name of what wraps a value in other languages, and its bracket; without a quote only those that are no function's. */
const wrapper = /^(?:(?:[A-Za-z_][A-Za-z_.:]{0,40}\(){1,3}["'`]|(?:Some|Just|Ok|Optional(?:\.of)?)[([](?=[^\s)\]]))/;

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The name that stands as a value, whose own value stands in another field. */
export function nameAfter(text: string, sign: number, longest: number): Span {
  const start = startAfter(text, sign);
  return {
    start: start + (/["'`]/.test(text[start] ?? '') ? 1 : 0),
    end: shortEnd(text, start, Math.min(text.length, start + longest)),
  };
}

/**
 * The value of a listed key.
 * @param key the words of the key
 */
export function valueAfter(text: string, sign: number, kind: CompiledKind, key: string): Span {
  const start = startAfter(text, sign);
  const block = text[sign] === ':' ? yamlBlock(text, sign, start) : undefined;
  if (block) return block;
  const first = text[start] ?? '';
  const quoted = first === '"' || first === "'" || first === '`';
  const inner = start + (quoted ? 1 : 0);
  const bare = text[sign] !== '>' && !/[{[(]/.test(first);
  const header = bare ? endOfHeader(text, inner, key, quoted) : undefined;
  if (header !== undefined)
    return { start: inner, end: quoted ? Math.max(header, closingQuote(text, inner, first)) : header };
  if (quoted && text.startsWith(first.repeat(3), start)) {
    const end = text.indexOf(first.repeat(3), start + 3);
    return { start: start + 3, end: end < 0 ? text.length : end };
  }
  if (quoted) return { start: start + 1, end: closingQuote(text, start + 1, first) };
  if (first === '{' || first === '[') return { start, end: closingBracket(text, start) };
  if (text[sign] === '>') return { start, end: endOf(text, start, /</) };
  if (first === '(') return { start: start + 1, end: endOf(text, start + 1, /[)\n]/) };
  const end = endOfWrapped(text, start) ?? plainEnd(text, start, kind, text[sign] === '=');
  return { start, end };
}

/** Where the value behind a sign begins: spaces, an operator and the prefixes of strings are none of it. */
function startAfter(text: string, sign: number): number {
  const php = text.startsWith('=>', sign) ? startOfDumped(text, sign + 2) : undefined;
  if (php !== undefined) return php;
  let start = sign + 1;
  if (text[start] === '>' || text[start] === '=') start++;
  // LDIF: 'userPassword:: …'; without the space it is a cast of SQL.
  if (text[sign] === ':' && text.startsWith(': ', start)) start++;
  while (start < text.length && (text[start] === ' ' || text[start] === '\t')) start++;
  start += leadingOperator.exec(text.slice(start, start + 16))?.[0].length ?? 0;
  // u'…' and b'…' of Python.
  if (/^[A-Za-z]{1,2}["']/.test(text.slice(start, start + 3)))
    start = text.slice(start, start + 3).search(/["']/) + start;
  return start;
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
  const scheme = /^(?:bearer|basic|digest|negotiate|token) +/i.exec(rest);
  if (scheme) return endOfWord(text, start + scheme[0].length);
  if (recognise.has('digits') || recognise.has('inn')) {
    const number = /^[+(]?[0-9](?:[ \u00a0.()-]{0,2}[0-9]){2,24}/.exec(rest);
    if (number) return Math.max(start + number[0].length, name === 'password' ? endOfPassword(text, start) : 0);
  }
  // Feb 1, 1990 and 1 Feb 1990
  const date = recognise.has('date') && /^(?:\p{L}{3,9}\.? \d{1,2}|\d{1,2} \p{L}{3,9}\.?),? \d{4}/u.exec(rest);
  if (date) return start + date[0].length;
  if (name === 'password') return endOfPassword(text, start);
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

const passwordEnd = /[\s"'`,;&<>|\\]/g;

/** However long it is. A password may hold brackets; those at its end are rather the text's. */
function endOfPassword(text: string, start: number): number {
  passwordEnd.lastIndex = start;
  let end = passwordEnd.exec(text)?.index ?? text.length;
  while (end > start && /[)\]}]/.test(text[end - 1] ?? '')) end--;
  return end;
}

/** Some("x"), Optional[x], Secret(String("x")): what wraps a value is taken with it. */
function endOfWrapped(text: string, start: number): number | undefined {
  const opened = wrapper.exec(text.slice(start, start + longestPlainValue))?.[0];
  if (opened === undefined) return undefined;
  const quote = /["'`]$/.exec(opened)?.[0];
  const inside = start + opened.length;
  const end = quote ? closingQuote(text, inside, quote) + 1 : endOf(text, inside, /[)\]}\n]/);
  return Math.min(text.length, end + (/^[)\]}]{1,4}/.exec(text.slice(end, end + 4))?.[0].length ?? 0));
}

function wordLength(text: string, start: number): number {
  return endOfWord(text, start) - start;
}

function endOf(text: string, from: number, stop: RegExp): number {
  const limit = Math.min(text.length, from + 4_000);
  for (let at = from; at < limit; at++) if (stop.test(text[at] ?? '')) return at;
  return limit;
}
