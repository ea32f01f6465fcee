import { type FieldName, fieldNamed, fields, type Level, levels } from './fields.js';
import { QueryError } from './query-error.js';
import { type Comparison, type Token, tokens } from './tokens.js';

/** One condition of a query; all conditions must hold. */
export type Condition = { readonly negated: boolean } & (
  | { readonly kind: 'words'; readonly text: string; readonly phrase: boolean }
  | { readonly kind: 'text'; readonly field: FieldName; readonly value: string; readonly phrase: boolean }
  | { readonly kind: 'number'; readonly field: FieldName; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'level'; readonly comparison: Comparison; readonly level: Level }
  | { readonly kind: 'span-status'; readonly value: 'ok' | 'error' | 'unset' }
  | { readonly kind: 'attribute'; readonly name: string; readonly comparison: ':'; readonly value: string }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly comparison: Exclude<Comparison, ':'>;
      readonly value: number;
    }
);

/**
 * Reads the search language: words, "phrases", field:value, field>500, -not, @attribute:value, all joined by and. A query without
 * a condition finds everything.
 * @throws QueryError with the column
 */
export function parseQuery(text: string): Condition[] {
  return tokens(text).map((token) => ({ negated: token.negated, ...conditionOf(token) }));
}

type Positive = Condition extends infer C ? (C extends Condition ? Omit<C, 'negated'> : never) : never;

function conditionOf(token: Token): Positive {
  if (token.name === undefined) return { kind: 'words', text: token.value, phrase: token.quoted };
  if (token.isAttribute) return attributeCondition(token, token.name);
  const field = fieldNamed(token.name);
  if (field === undefined) throw unknownField(token, token.name);
  const { kind } = fields[field];
  if (kind === 'level') return levelCondition(token);
  if (kind === 'duration') return { kind: 'number', field, comparison: token.comparison, value: durationNs(token) };
  if (kind === 'status' && token.comparison === ':' && /^(ok|error|unset)$/i.test(token.value)) {
    return { kind: 'span-status', value: token.value.toLowerCase() as 'ok' | 'error' | 'unset' };
  }
  if (kind === 'status') {
    return {
      kind: 'number',
      field,
      comparison: token.comparison,
      value: numberOf(token, 'an HTTP status, ok, error or unset'),
    };
  }
  if (token.comparison !== ':') {
    throw new QueryError(
      `'${field}' is a text and can't be compared; right would be ${field}:${token.value}`,
      token.comparisonColumn,
      token.comparison.length,
    );
  }
  return { kind: 'text', field, value: token.value, phrase: token.quoted };
}

function attributeCondition(token: Token, name: string): Positive {
  const { comparison } = token;
  if (comparison === ':') return { kind: 'attribute', name, comparison, value: token.value };
  return { kind: 'attribute', name, comparison, value: numberOf(token, 'a number') };
}

function levelCondition(token: Token): Positive {
  const level = token.value.toLowerCase() === 'warning' ? 'warn' : token.value.toLowerCase();
  if (Object.hasOwn(levels, level)) return { kind: 'level', comparison: token.comparison, level: level as Level };
  throw wrongValue(token, `a level; right would be ${Object.keys(levels).join(', ')}`);
}

function numberOf(token: Token, expected: string): number {
  const number = /^-?\d+(\.\d+)?$/.test(token.value) ? Number(token.value) : Number.NaN;
  if (!Number.isNaN(number)) return stored(token, number);
  throw wrongValue(token, `${expected}; right would be ${token.name}${token.comparison}500`);
}

/** Whole numbers are stored with 64 bits: Elasticsearch refuses a comparison with one that has no room there. */
function stored(token: Token, number: number): number {
  if (Math.abs(number) < 2 ** 63) return number;
  throw new QueryError(`'${token.value}' is beyond what any record can hold`, token.valueColumn, token.valueLength);
}

const unitNs: Readonly<Record<string, number>> = { us: 1e3, ms: 1e6, s: 1e9, m: 60e9, min: 60e9, h: 3_600e9 };

/** Spans are stored with their duration in nanoseconds. */
function durationNs(token: Token): number {
  const read = /^(\d+(?:\.\d+)?)(us|ms|s|m|min|h)?$/i.exec(token.value);
  if (read) return stored(token, Number(read[1]) * (unitNs[(read[2] ?? 'ms').toLowerCase()] ?? 1e6));
  throw wrongValue(token, 'a duration; right would be 500 (ms), 500ms, 2s, 1m');
}

function wrongValue(token: Token, expected: string): QueryError {
  return new QueryError(`'${token.value}' is not ${expected}`, token.valueColumn, token.valueLength);
}

function unknownField(token: Token, name: string): QueryError {
  return new QueryError(
    `there is no field '${name}'; fields are ${Object.keys(fields).join(', ')}; any attribute is @${name}:…, a text goes in quotes`,
    token.nameColumn,
    name.length,
  );
}
