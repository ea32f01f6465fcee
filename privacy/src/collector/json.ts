import { separator } from './normalise.js';

/**
 * Expressions for the parts of JSON that stands in `depth` strings of JSON: 0 is the record itself, 1 a text of it that is JSON. A quote
 * has one backslash more than twice those of the depth before. RE2 knows no balance, so brackets in brackets are written out.
 */
const backslashes = (depth: number) => 2 ** depth - 1;

export const quoteAt = (depth: number) => `\\\\{${backslashes(depth)}}"`;

/** The quote as a replacement writes it. */
export const plainQuoteAt = (depth: number) => `${'\\'.repeat(backslashes(depth))}"`;

/** Where a string ends: at its quote, or at one further out when it was cut off. */
export const endOfString = (depth: number) => `\\\\{0,${backslashes(depth)}}"`;

/** One sign of a string. A run of backslashes is read from its start: an escaped backslash, an escaped quote, another escape. */
export function signOfString(depth: number, without = ''): string {
  const deeper = backslashes(depth + 1);
  return `(?:[^"\\\\${without}]|\\\\{${deeper + 1}}|\\\\{${deeper}}"|\\\\{1,${deeper}}[^"\\\\])`;
}

export const stringAt = (depth: number) => `${quoteAt(depth)}${signOfString(depth)}*${quoteAt(depth)}`;

/** A list or an object with so many levels in it. */
export function blockAt(depth: number, levels: number): string {
  const escaping = depth === 0 ? '' : `|\\\\{1,${backslashes(depth)}}[^"\\\\]`;
  const plain = `[^"\\\\[\\]{}]${escaping}|${stringAt(depth)}`;
  let block = `[\\[{](?:${plain})*[\\]}]`;
  for (let level = 1; level < levels; level++) block = `[\\[{](?:${plain}|${block})*[\\]}]`;
  return block;
}

/** Space between the signs of JSON, which has line breaks of its own. */
export const spaceAt = (depth: number) =>
  depth === 0 ? '' : `(?:[ ${separator}]|\\\\{1,${backslashes(depth)}}[nrt])*`;
