import type { QueryError } from '../query/query-error.js';
import { visible, widthOf } from './visible.js';

/** How much of a long query is shown on each side of what is wrong in it. */
const around = 40;

/** The query and, beneath it, carets under what is wrong. */
export function caretLines(query: string, { column, length }: Pick<QueryError, 'column' | 'length'>): [string, string] {
  const start = Math.min(column - 1, query.length);
  const from = Math.max(0, start - around);
  const to = Math.min(query.length, start + length + around);
  const before = `${from > 0 ? '…' : ''}${visible(query.slice(from, start))}`;
  const wrong = visible(query.slice(start, Math.min(start + length, to)));
  const after = `${visible(query.slice(start + length, to))}${to < query.length ? '…' : ''}`;
  return [`${before}${wrong}${after}`, `${' '.repeat(widthOf(before))}${'^'.repeat(Math.max(1, widthOf(wrong)))}`];
}
