import { isUtf8 } from 'node:buffer';
import type { KeyVerdict } from './key-rules.js';
import { areEntries, cleanEntry, cleanNamed, cleanOption, verdictOfNext } from './named-values.js';
import { ofOneType } from './one-type.js';
import { areRawHeaders } from './raw-headers.js';
import { type Counts, count, type Redactor } from './redactor.js';
import { dash } from './signs.js';

/** Deeper than any record is; what lies below is replaced, so that no structure can make the walk endless. */
const deepest = 64;

/**
 * A value of any shape without what is personal in it: strings, numbers, arrays, objects at any depth, their keys, and
 * values whose name stands beside them. What holds nothing is returned as it is, what does is copied: the objects belong
 * to the service.
 */
export function cleanValue(
  redactor: Redactor,
  value: unknown,
  verdict: KeyVerdict,
  counts: Counts,
  depth = 0,
): unknown {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return redactor.scalar(value, verdict, counts);
  if (value === null || typeof value !== 'object') return value;
  if (depth > deepest) return '…';
  if (value instanceof Uint8Array && !verdict.kind) return cleanBytes(redactor, value, counts);
  if (value instanceof Date || ArrayBuffer.isView(value))
    return verdict.kind ? redactor.scalar('…', verdict, counts) : value;
  if (Array.isArray(value)) return cleanArray(redactor, value, verdict, counts, depth);
  const object = value as Record<string, unknown>;
  return cleanObject(redactor, object, counts, depth, verdict.kind ? verdict : undefined) ?? object;
}

/** Bytes may be a text, or hold one: a body, a message. They stay bytes. */
function cleanBytes(redactor: Redactor, bytes: Uint8Array, counts: Counts): Uint8Array {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
  const clean = redactor.text(text, counts);
  return clean === text ? bytes : Buffer.from(clean, encoding);
}

function cleanArray(
  redactor: Redactor,
  items: readonly unknown[],
  verdict: KeyVerdict,
  counts: Counts,
  depth: number,
): unknown {
  const entries = !verdict.kind && areEntries(items);
  const headers = verdict.headers && !verdict.kind && areRawHeaders(items);
  let copy: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const before = i > 0 ? items[i - 1] : undefined;
    const named =
      typeof before === 'string' && !verdict.kind && typeof item !== 'object'
        ? verdictOfNext(redactor, before, headers && i % 2 === 1)
        : undefined;
    const clean =
      (entries ? cleanEntry(redactor, item as [string, unknown], counts, depth + 2) : undefined) ??
      (!named && !verdict.kind && isOption(item) ? cleanOption(redactor, item, counts) : undefined) ??
      cleanValue(redactor, item, named ?? verdict, counts, depth + 1);
    if (clean === item) continue;
    copy ??= [...items];
    copy[i] = clean;
  }
  return copy ? ofOneType(items, copy) : items;
}

function isOption(item: unknown): item is string {
  return typeof item === 'string' && item.charCodeAt(0) === dash;
}

/**
 * The object without what is personal, or undefined when there is nothing.
 * @param listed what the policy says about the key that the object stands under, when it is listed: everything inside is masked
 */
export function cleanObject(
  redactor: Redactor,
  object: Record<string, unknown>,
  counts: Counts,
  depth = 0,
  listed?: KeyVerdict,
): Record<string, unknown> | undefined {
  let changed: Map<string, unknown> | undefined;
  let renamed: Map<string, string> | undefined;
  let naming = false;
  // Also what is inherited, which costs less than asking for the object's own keys; a copy has only those.
  for (const key in object) {
    const own = redactor.verdict(key);
    const value = object[key];
    if (listed !== undefined || value !== own.steady) {
      const clean = cleanValue(redactor, value, listed ?? own, counts, depth + 1);
      if (clean !== value) changed = (changed ?? new Map()).set(key, clean);
    }
    if (own.plain) continue;
    if (own.names) naming = true;
    const name = redactor.key(key, own);
    if (name !== key) {
      renamed = (renamed ?? new Map()).set(key, name);
      count(counts, 'key');
    }
  }
  // Under a listed key everything is masked already, whatever it names.
  if (naming && !listed) {
    for (const [key, clean] of cleanNamed(redactor, object, counts)) changed = (changed ?? new Map()).set(key, clean);
  }
  if (!changed && !renamed) return undefined;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    let name = renamed?.get(key) ?? key;
    for (let again = 2; Object.hasOwn(copy, name); again++) name = `${renamed?.get(key) ?? key}_${again}`;
    copy[name] = changed?.has(key) ? changed.get(key) : object[key];
  }
  return copy;
}
