import type { estypes } from '@elastic/elasticsearch';

/** A place in an answer to go on from, as a text that can stand in an address or behind an option. */
export function writeCursor(last: estypes.SortResults): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

/** Undefined for a text that is no place in an answer. */
export function readCursor(text: string): estypes.SortResults | undefined {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(cursor) || cursor.length !== 3) return undefined;
    const [time, index, number] = cursor;
    const isPlace =
      /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time) &&
      Date.parse(time) >= 0 &&
      typeof index === 'string' &&
      Number.isSafeInteger(number);
    return isPlace ? cursor : undefined;
  } catch {
    return undefined;
  }
}
