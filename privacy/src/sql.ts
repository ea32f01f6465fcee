import type { CompiledKind, Finding } from './compiled.js';

/** A literal of an SQL text: its place, and whether it is a string or a number. */
export interface SqlLiteral {
  readonly start: number;
  readonly end: number;
  readonly type: 'string' | 'number' | 'comment';
}

const sqlStart =
  /(?<![\p{L}\p{N}_])(?:select\s[^;]{0,400}?\sfrom\s|insert\s+into\s|update\s[^;]{1,200}?\sset\s|delete\s+from\s|merge\s+into\s|copy\s+\S+\s+from\s|values\s*\(|(?:alter|create)\s+(?:user|role)\s|identified\s+by\s)/iu;
const identifierStart = /[\p{L}_]/u;
const identifierSign = /[\p{L}\p{N}_$]/u;

/** Where SQL begins in a text (an error message may quote a statement), or -1. */
export function sqlStartIn(text: string): number {
  return sqlStart.exec(text)?.index ?? -1;
}

/**
 * The literals of an SQL text, by PostgreSQL's lexical rules (manual, 4.1): strings with doubled quotes, E'' with escapes,
 * $tag$…$tag$, B'' and X'', numbers, comments. Identifiers, quoted identifiers and parameters ($1) are none. A literal that
 * is cut off ends with the text.
 */
export function sqlLiterals(text: string, from = 0): SqlLiteral[] {
  const literals: SqlLiteral[] = [];
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    const start = at;
    if (char === "'") {
      at = stringEnd(text, at, /[eE]/.test(text[at - 1] ?? '') && !identifierSign.test(text[at - 2] ?? ' '));
      literals.push({ start, end: at, type: 'string' });
    } else if (char === '"') {
      at = after(text, '"', at + 1);
    } else if (char === '`') {
      at = after(text, '`', at + 1);
    } else if (char === '$') {
      const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]{0,62})?\$/u.exec(text.slice(at, at + 66))?.[0];
      at = tag
        ? after(text, tag, at + tag.length)
        : at + 1 + (/^\d+/.exec(text.slice(at + 1, at + 12))?.[0].length ?? 0);
      if (tag) literals.push({ start, end: at, type: 'string' });
    } else if (text.startsWith('--', at)) {
      at = after(text, '\n', at);
      literals.push({ start, end: at, type: 'comment' });
    } else if (text.startsWith('/*', at)) {
      at = after(text, '*/', at + 2);
      literals.push({ start, end: at, type: 'comment' });
    } else if (identifierStart.test(char)) {
      while (at < text.length && identifierSign.test(text[at] ?? '')) at++;
    } else if (char >= '0' && char <= '9') {
      at = numberEnd(text, at);
      literals.push({ start, end: at, type: 'number' });
    } else at++;
  }
  return literals;
}

/**
 * An SQL statement with ? in the place of every literal: what stands in db.query.text. Comments are taken out, but for a
 * hint: they hold whatever the program put there.
 */
export function withoutLiterals(sql: string): { text: string; replaced: number } {
  const literals = sqlLiterals(sql);
  let text = '';
  let from = 0;
  for (const { start, end, type } of literals) {
    text += sql.slice(from, start) + (type === 'comment' ? '' : '?');
    from = end;
  }
  return { text: text + sql.slice(from), replaced: literals.length };
}

/** The string literals of a statement that stands somewhere in a text, such as an error message. */
export function findSqlStrings(text: string, kind: CompiledKind): Finding[] {
  const start = sqlStartIn(text);
  if (start < 0) return [];
  return sqlLiterals(text, start)
    .filter(({ type, end, start: from }) => type === 'string' && end - from > 2)
    .map((found) => ({ start: found.start, end: found.end, kind, rule: 'SQL literal' }));
}

function stringEnd(text: string, quote: number, escapes: boolean): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (escapes && text[at] === '\\') at++;
    else if (text[at] === "'") {
      if (text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return text.length;
}

function numberEnd(text: string, from: number): number {
  const hex = /^0[xXoObB][0-9a-fA-F_]{1,40}/.exec(text.slice(from, from + 44));
  if (hex) return from + hex[0].length;
  let at = from;
  while (at < text.length && /[0-9._]/.test(text[at] ?? '')) at++;
  const exponent = /^[eE][+-]?\d{1,4}/.exec(text.slice(at, at + 6));
  return at + (exponent?.[0].length ?? 0);
}

function after(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? text.length : found + sign.length;
}
