import type { AnyValue } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';
import { exceptionAttributes, isError } from './exception.js';

/** What is sent of a value that can't be read. */
export const UNREADABLE = '[unreadable]';

/** Cuts a text that is too long, saying so, and repairs lone surrogates, which no JSON or protobuf may carry. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text.isWellFormed() ? text : text.toWellFormed();
  return `${text.slice(0, longest).toWellFormed()}… [cut, ${text.length} characters]`;
}

/**
 * Turns any JavaScript value into one that OTLP can carry, without ever throwing: circular references, getters that throw,
 * what has no JSON form. @returns undefined for what has no value at all
 */
export function toAnyValue(value: unknown, depth = 0, ancestors: object[] = []): AnyValue | undefined {
  switch (typeof value) {
    case 'string':
      return cutText(value, limits.attributeChars);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'symbol':
      return String(value);
    case 'function':
      return `[function ${value.name || 'anonymous'}]`;
    case 'object':
      return value === null ? undefined : objectValue(value, depth, ancestors);
    default:
      return undefined;
  }
}

function objectValue(value: object, depth: number, ancestors: object[]): AnyValue | undefined {
  try {
    if (ancestors.includes(value)) return '[circular]';
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (isError(value)) return exceptionAttributes(value) as Record<string, AnyValue>;
    if (value instanceof RegExp || value instanceof URL) return cutText(String(value), limits.attributeChars);
    if (ArrayBuffer.isView(value)) return bytesText(value);
    if (depth >= limits.attributeDepth) return Array.isArray(value) ? '[array]' : '[object]';
    const within = [...ancestors, value];
    if (Array.isArray(value)) return listValue(value, depth, within);
    if (value instanceof Set) return listValue([...firstOf(value)], depth, within);
    if (value instanceof Map) return mapValue(firstOf(value), depth, within);
    const toJSON = (value as { toJSON?: unknown }).toJSON;
    if (typeof toJSON === 'function') return toAnyValue(toJSON.call(value), depth + 1, within);
    const keys = Object.keys(value).slice(0, limits.attributeEntries);
    return mapValue(
      keys.map((key) => [key, readProperty(value, key, UNREADABLE)] as const),
      depth,
      within,
    );
  } catch {
    return UNREADABLE;
  }
}

function bytesText(view: ArrayBufferView): string {
  const bytes = Buffer.from(view.buffer, view.byteOffset, Math.min(view.byteLength, limits.messageContentBytes));
  const cut = view.byteLength > limits.messageContentBytes ? `… [cut, ${view.byteLength} bytes]` : '';
  return `${bytes.toString('base64')}${cut}`;
}

function listValue(items: readonly unknown[], depth: number, within: object[]): AnyValue {
  const values = items.slice(0, limits.attributeEntries).map((item) => toAnyValue(item, depth + 1, within) ?? null);
  return items.length > limits.attributeEntries ? [...values, `… [cut, ${items.length} items]`] : values;
}

function mapValue(entries: Iterable<readonly [unknown, unknown]>, depth: number, within: object[]): AnyValue {
  const result: Record<string, AnyValue> = {};
  for (const [key, item] of entries) {
    const value = toAnyValue(item, depth + 1, within);
    if (value !== undefined) result[cutText(String(key), limits.contextValueChars)] = value;
  }
  return result;
}

function* firstOf<T>(items: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const item of items) {
    count += 1;
    if (count > limits.attributeEntries) return;
    yield item;
  }
}

/** One unreadable getter does not take the other properties with it. @param unreadable what stands for its value; default undefined */
export function readProperty(value: object, key: string, unreadable?: unknown): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return unreadable;
  }
}
