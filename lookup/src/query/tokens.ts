import { QueryError } from './query-error.js';

export type Comparison = ':' | '>' | '>=' | '<' | '<=';

/** One piece of a query between spaces, taken apart. Columns count from 1. */
export interface Token {
  readonly negated: boolean;
  /** Of a field or an attribute; absent for words. */
  readonly name?: string;
  readonly isAttribute: boolean;
  readonly nameColumn: number;
  readonly comparison: Comparison;
  readonly comparisonColumn: number;
  readonly value: string;
  readonly quoted: boolean;
  readonly valueColumn: number;
  /** As it stands in the query, with its quotes. */
  readonly valueLength: number;
}

/** A query of support is a line; what is longer is a mistake of the clipboard. */
const mostCharacters = 2_000;
const mostTokens = 50;

const named = /(@?)([\p{L}_][\p{L}\p{N}_.-]*)(>=|<=|:|>|<)/uy;

/** @throws QueryError */
export function tokens(text: string): Token[] {
  if (text.length > mostCharacters) {
    throw new QueryError(
      `the query has ${text.length} characters; at most ${mostCharacters} are read`,
      mostCharacters,
      1,
    );
  }
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text[at])) at += 1;
    if (at >= text.length) return found;
    if (found.length === mostTokens)
      throw new QueryError(`more than ${mostTokens} conditions`, at + 1, text.length - at);
    const { token, end } = tokenAt(text, at);
    refuseOperators(token);
    found.push(token);
    at = end;
  }
}

function tokenAt(text: string, start: number): { token: Token; end: number } {
  const negated = text[start] === '-';
  const begin = negated ? start + 1 : start;
  if (negated && (begin >= text.length || isSpace(text[begin]))) {
    throw new QueryError("'-' stands before what must not be there, without a space: -cold", start + 1, 1);
  }
  named.lastIndex = begin;
  const field = named.exec(text);
  if (!field && text[begin] === '@') throw lonelyAttribute(text, begin);
  const [whole = '', at = '', name = '', comparison = ':'] = field ?? [];
  const valueStart = begin + whole.length;
  const value = valueAt(text, valueStart);
  if (value.text === '') {
    const what = field ? `${whole} has no value` : 'a phrase needs a word';
    throw new QueryError(
      `${what}; right would be ${field ? `${whole}…` : '"cold kiln"'}`,
      begin + 1,
      value.end - begin,
    );
  }
  const token = {
    negated,
    ...(field && { name }),
    isAttribute: at === '@',
    nameColumn: begin + at.length + 1,
    comparison: comparison as Comparison,
    comparisonColumn: valueStart - comparison.length + 1,
    value: value.text,
    quoted: value.quoted,
    valueColumn: valueStart + 1,
    valueLength: value.end - valueStart,
  };
  return { token, end: value.end };
}

/** A quoted text (`\"` and `\\` stand for themselves), or all up to the next space. */
function valueAt(text: string, start: number): { text: string; quoted: boolean; end: number } {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && !isSpace(text[end])) end += 1;
    return { text: text.slice(start, end), quoted: false, end };
  }
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') return closed(text, value, at + 1);
    if (character === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at += 1;
    value += text[at];
  }
  throw new QueryError('this quote is not closed; right would be "cold kiln"', start + 1, text.length - start);
}

function closed(text: string, value: string, end: number) {
  if (end < text.length && !isSpace(text[end])) {
    throw new QueryError('after a closing quote comes a space; a quote in a phrase is \\"', end + 1, 1);
  }
  return { text: value.trim(), quoted: true, end };
}

function lonelyAttribute(text: string, begin: number): QueryError {
  const { end } = valueAt(`${text}`, begin);
  return new QueryError(
    "'@' needs an attribute's name and a value; right would be @order.status:paid",
    begin + 1,
    end - begin,
  );
}

/** What other languages have and this one hasn't: taken for words, it would find nothing without a word. */
function refuseOperators({ name, value, quoted, valueColumn }: Token): void {
  if (quoted) return;
  if (name === undefined && /^(?:OR|AND|NOT|\|\||&&)$/.test(value)) {
    const instead = { OR: 'look for each by itself', '||': 'look for each by itself', NOT: 'right would be -cold' }[
      value
    ];
    const why = `there is no ${value}: all of it must hold${instead ? `; ${instead}` : ' without it'}`;
    throw new QueryError(`${why}; in quotes, "${value}" is a word`, valueColumn, value.length);
  }
  // Four and more are what the redaction leaves.
  const star = /(?<!\*)\*(?!\*)/.exec(value);
  if (star) {
    const why = 'there are no wildcards: words and ids are found whole, url: by what a path begins with';
    throw new QueryError(`${why}; in quotes, "*" is itself`, valueColumn + star.index, 1);
  }
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
