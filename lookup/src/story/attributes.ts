import type { Attributes, AttributeValue } from './story.js';

/**
 * Nested maps become dotted keys: the store gives `{ "order.id": … }` where it kept the document as it came, and
 * `{ order: { id: … } }` where it rebuilt it from its columns.
 */
export function flatten(source: unknown): Attributes {
  const leaves: [string, AttributeValue][] = [];
  const open: [string, unknown][] = [['', source]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (isMap(value)) {
      for (const [key, inner] of Object.entries(value)) open.push([path === '' ? key : `${path}.${key}`, inner]);
    } else if (path !== '') {
      leaves.push([path, value as AttributeValue]);
    }
  }
  return Object.fromEntries(leaves.reverse());
}

/** The first of the names that has a text or number, as text. Several names: the current convention first, then older ones. */
export function textOf(attributes: Attributes, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (Array.isArray(value) && value.length > 0) return value.map(String).join(', ');
  }
  return undefined;
}

/** The first of the names that has a number, also one written as text. */
export function numberOf(attributes: Attributes, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return undefined;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
