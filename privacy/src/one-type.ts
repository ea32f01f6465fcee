/**
 * A cleaned array whose items are all of one type, as Elasticsearch wants it: where a number became a text, its other numbers
 * and truth values are texts too, in the arrays inside of it as well, which Elasticsearch joins.
 * @param clean the items after cleaning; the same array when nothing in it was masked
 */
export function ofOneType(items: readonly unknown[], clean: readonly unknown[]): readonly unknown[] {
  return clean !== items && becameText(items, clean) ? asTexts(clean) : clean;
}

function becameText(items: readonly unknown[], clean: readonly unknown[]): boolean {
  return clean.some((item, i) => {
    const before = items[i];
    if (item === before) return false;
    if (Array.isArray(item)) return Array.isArray(before) && becameText(before, item);
    return typeof item === 'string' && isNumber(before);
  });
}

/** A text that reads as a number is taken for one beside numbers. */
function isNumber(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' && Number.isFinite(Number(value)) : typeof value !== 'object';
}

function asTexts(items: readonly unknown[]): unknown[] {
  return items.map((item) => {
    if (Array.isArray(item)) return asTexts(item);
    return typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean' ? String(item) : item;
  });
}
