import type { KeyVerdict } from './key-rules.js';
import { ofOneType } from './one-type.js';
import { optionName, optionWithValue } from './options.js';
import type { Counts, Redactor } from './redactor.js';
import { cleanValue } from './walk.js';
import { namedKey } from './words.js';

/** A field's value that names a key is a key, not a text. */
const longestName = 100;
const header = /^(?:set-)?cookie$|authorization$|^x-[a-z-]*(?:key|token)$/i;
/** What the rows under a list of column names stand under. */
const rowKeys = new Set(['row', 'rows', 'value', 'values', 'data', 'record', 'records', 'params']);

/** What the policy says about a name that stands as a value, when it is listed. */
function listedName(redactor: Redactor, name: unknown): KeyVerdict | undefined {
  if (typeof name !== 'string' || name.length > longestName) return undefined;
  const verdict = redactor.verdict(namedKey(name));
  return verdict.kind ? verdict : undefined;
}

/**
 * What an item of an array says about the next: an option of a command line, or a header.
 * @param isHeader the item is known to be a header's name; else only those of credentials are taken for one
 */
export function verdictOfNext(redactor: Redactor, item: string, isHeader: boolean): KeyVerdict | undefined {
  if (item.length > longestName) return undefined;
  const name = optionName(item);
  return name !== undefined || isHeader || header.test(item) ? listedName(redactor, name ?? item) : undefined;
}

/** An item of an array that is an option with its value: ['--passphrase=aa bb cc']. Undefined where its key isn't listed. */
export function cleanOption(redactor: Redactor, item: string, counts: Counts): string | undefined {
  const option = optionWithValue(item);
  const verdict = option && listedName(redactor, option.name);
  if (!verdict) return undefined;
  return item.slice(0, option.from) + redactor.scalar(item.slice(option.from), verdict, counts);
}

/** Whether an array is what Object.entries gives: [['phone', '…'], ['city', '…']]. */
export function areEntries(items: readonly unknown[]): items is readonly [string, unknown][] {
  return (
    items.length > 0 && items.every((item) => Array.isArray(item) && item.length === 2 && typeof item[0] === 'string')
  );
}

/** One of such entries; a listed name as the value is rather the second of two columns. */
export function cleanEntry(
  redactor: Redactor,
  entry: readonly [string, unknown],
  counts: Counts,
  depth: number,
): unknown {
  const verdict = listedName(redactor, entry[0]);
  if (!verdict || listedName(redactor, entry[1])) return undefined;
  const clean = cleanValue(redactor, entry[1], verdict, counts, depth);
  return clean === entry[1] ? entry : [entry[0], clean];
}

/** The fields of an object whose name stands in another of its fields, and which are replaced: as if they stood under that name. */
export function cleanNamed(redactor: Redactor, object: Record<string, unknown>, counts: Counts): Map<string, unknown> {
  const changes = new Map<string, unknown>();
  const take = (wanted: (name: string) => boolean, clean: (value: unknown) => unknown) => {
    for (const key of Object.keys(object)) {
      if (!wanted(redactor.verdict(key).name)) continue;
      const value = clean(object[key]);
      if (value !== object[key]) changes.set(key, value);
    }
  };
  for (const key of Object.keys(object)) {
    const { names, pairs } = redactor.verdict(key);
    const value = object[key];
    // A path, such as ['user', 'phone'], names what its last part does.
    const verdict =
      names && pairs.length > 0 ? listedName(redactor, Array.isArray(value) ? value.at(-1) : value) : undefined;
    if (verdict)
      take(
        (name) => pairs.some((values) => values.includes(name)),
        (found) => cleanValue(redactor, found, verdict, counts),
      );
    const columns = names && Array.isArray(value) ? columnsOf(redactor, value) : undefined;
    if (columns)
      take(
        (name) => rowKeys.has(name),
        (found) => cleanRows(redactor, found, columns, counts),
      );
  }
  return changes;
}

type Columns = readonly (KeyVerdict | undefined)[];

/** Names of columns of which one is listed: ['phone', 'city'], and a driver's [{ name: 'phone' }, { name: 'city' }]. */
function columnsOf(redactor: Redactor, columns: readonly unknown[]): Columns | undefined {
  const verdicts = columns.map((column) =>
    listedName(redactor, column !== null && typeof column === 'object' ? (column as { name?: unknown }).name : column),
  );
  return verdicts.some((verdict) => verdict) ? verdicts : undefined;
}

/** One row, or a list of them; what has another length than the columns is none. */
function cleanRows(redactor: Redactor, rows: unknown, columns: Columns, counts: Counts): unknown {
  if (!Array.isArray(rows)) return rows;
  const cleanRow = (row: unknown[]) =>
    changedItems(row, (item, i) => {
      const verdict = row.length === columns.length ? columns[i] : undefined;
      return verdict ? cleanValue(redactor, item, verdict, counts) : item;
    });
  return rows.some(Array.isArray)
    ? changedItems(rows, (row) => (Array.isArray(row) ? cleanRow(row) : row))
    : cleanRow(rows);
}

function changedItems(items: readonly unknown[], clean: (item: unknown, i: number) => unknown): readonly unknown[] {
  const made = items.map(clean);
  return made.some((item, i) => item !== items[i]) ? ofOneType(items, made) : items;
}
