import type { AnyValue } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';
import { endOfCut } from './cut.js';
import { exceptionAttributes, isError } from './exception.js';

/** What is sent of a value that can't be read. */
export const UNREADABLE = '[unreadable]';
/** Signs of bytes that are no text: what is no UTF-8, and control characters. */
const NO_TEXT = /\ufffd|(?![\t\r\n])\p{Cc}/u;
/** As short as a mail address can be; shorter ones stand in any bytes by chance. */
const WORD = /[\p{L}\p{N} @.+_:=-]{6}/u;
/** What each value counts for, besides its characters. */
const VALUE_CHARS = 8;
/** Room for a mark on each attribute. */
const MARKS_CHARS = limits.recordAttributes * 32;

/** Cuts a text that is too long before a word, saying so, and repairs lone surrogates, which no JSON or protobuf may carry. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text.isWellFormed() ? text : text.toWellFormed();
  return `${text.slice(0, endOfCut(text, longest)).toWellFormed()}… [cut, ${text.length} characters]`;
}

/** Characters, and a few for each value, that may still be converted of a record. */
export interface Budget {
  left: number;
}

/** @param taken characters that the record has already; the marks of what is cut find room besides */
export function newBudget(taken = 0): Budget {
  return { left: limits.recordChars - MARKS_CHARS - taken };
}

/**
 * Turns any JavaScript value into one that OTLP can carry, without ever throwing: circular references, getters that throw,
 * what has no JSON form.
 *
 * @param budget of all values of a record: an object that has another one many times, which has another one many times, would
 * never end
 * @returns undefined for what has no value at all
 */
export function toAnyValue(
  value: unknown,
  budget: Budget = newBudget(),
  depth = 0,
  ancestors: object[] = [],
): AnyValue | undefined {
  budget.left -= VALUE_CHARS;
  switch (typeof value) {
    case 'string': {
      const text = cutText(value, Math.min(limits.attributeChars, Math.max(budget.left, 0)));
      budget.left -= text.length;
      return text;
    }
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
      return value === null ? undefined : objectValue(value, budget, depth, ancestors);
    default:
      return undefined;
  }
}

function objectValue(value: object, budget: Budget, depth: number, ancestors: object[]): AnyValue | undefined {
  try {
    if (ancestors.includes(value)) return '[circular]';
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (isError(value)) return exceptionAttributes(value) as Record<string, AnyValue>;
    if (value instanceof RegExp || value instanceof URL) return cutText(String(value), limits.attributeChars);
    if (ArrayBuffer.isView(value)) {
      const text = bytesText(value);
      budget.left -= text.length;
      return text;
    }
    if (budget.left <= 0) return '… [cut]';
    if (depth >= limits.attributeDepth) return Array.isArray(value) ? '[array]' : '[object]';
    const within = [...ancestors, value];
    if (Array.isArray(value)) return listValue(value, budget, depth, within);
    if (value instanceof Set) return listValue([...firstOf(value)], budget, depth, within);
    if (value instanceof Map) return mapValue(firstOf(value), budget, depth, within);
    const toJSON = (value as { toJSON?: unknown }).toJSON;
    if (typeof toJSON === 'function') return toAnyValue(toJSON.call(value), budget, depth + 1, within);
    const keys = Object.keys(value).slice(0, limits.attributeEntries);
    return mapValue(
      keys.map((key) => [key, readProperty(value, key, UNREADABLE)] as const),
      budget,
      depth,
      within,
    );
  } catch {
    return UNREADABLE;
  }
}

/**
 * Bytes that are a text, or hold one, are sent as text: in base64 neither the process nor the collector would find a mail
 * address in them. Only bytes without any text are sent as base64.
 */
function bytesText(view: ArrayBufferView): string {
  const bytes = Buffer.from(view.buffer, view.byteOffset, Math.min(view.byteLength, limits.messageContentBytes));
  const cut = view.byteLength > limits.messageContentBytes ? `… [cut, ${view.byteLength} bytes]` : '';
  // As of a stream: a sign that the limit cuts in two is left out.
  const text = new TextDecoder().decode(bytes, { stream: true });
  if (NO_TEXT.test(text) && !WORD.test(text)) return `${bytes.toString('base64')}${cut}`;
  return cut ? `${text.slice(0, endOfCut(text, text.length))}${cut}` : text;
}

function listValue(items: readonly unknown[], budget: Budget, depth: number, within: object[]): AnyValue {
  const values: AnyValue[] = [];
  for (const item of items.slice(0, limits.attributeEntries)) {
    if (budget.left <= 0) break;
    values.push(toAnyValue(item, budget, depth + 1, within) ?? null);
  }
  return items.length > values.length ? [...values, `… [cut, ${items.length} items]`] : values;
}

function mapValue(
  entries: Iterable<readonly [unknown, unknown]>,
  budget: Budget,
  depth: number,
  within: object[],
): AnyValue {
  const result: Record<string, AnyValue> = {};
  for (const [key, item] of entries) {
    if (budget.left <= 0) break;
    const value = toAnyValue(item, budget, depth + 1, within);
    if (value === undefined) continue;
    const name = cutText(String(key), limits.contextValueChars);
    budget.left -= name.length;
    result[name] = value;
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
