import { limits } from '../settings/limits.js';
import { cutText } from '../winston/values.js';

interface Item {
  body?: unknown;
  readonly attributes: Record<string, unknown>;
  readonly events?: readonly { attributes?: Record<string, unknown> }[];
}
interface Budget {
  left: number;
}

/** What a number, a truth value or nothing counts for. */
const SCALAR_CHARS = 8;
const DEEPEST = 64;

/**
 * Cuts what of a record or span is beyond `limits.recordChars`, before anything looks for personal data in it: that takes half a
 * second for a million characters, in which the service stands still. A text that is cut says so, as one that is too long by
 * itself does. The message of a record has a limit of its own.
 */
export function cutToBudget(item: Item): void {
  if (typeof item.body === 'string' && item.body.length > limits.messageChars)
    item.body = isCut(item.body) ? item.body : cutText(item.body, limits.messageChars);
  let chars = charsIn(item.attributes);
  if (typeof item.body === 'object') chars += charsOf(item.body, limits.recordChars);
  if (item.events !== undefined) for (const { attributes } of item.events) if (attributes) chars += charsIn(attributes);
  if (chars > limits.recordChars) cut(item);
}

/** Runs for every record and span: most attributes are short texts. */
function charsIn(attributes: Readonly<Record<string, unknown>>): number {
  let chars = 0;
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value === 'string') chars += value.length;
    else if (typeof value === 'object') chars += charsOf(value, limits.recordChars);
    chars += key.length;
  }
  return chars;
}

/** By `cutText` already: the mark stands beyond the limit. */
function isCut(text: string): boolean {
  return text.length < limits.messageChars + 40 && text.endsWith(' characters]');
}

/** Characters of a value with all within it; somewhat more than `most` where it has more. */
function charsOf(value: unknown, most: number, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return SCALAR_CHARS;
  if (depth > DEEPEST) return most + 1;
  let chars = 0;
  for (const key in value) {
    chars += key.length + charsOf((value as Record<string, unknown>)[key], most - chars, depth + 1);
    if (chars > most) break;
  }
  return chars;
}

function cut(item: Item): void {
  const budget = { left: limits.recordChars };
  cutAttributes(item.attributes, budget);
  if (typeof item.body === 'object') item.body = cutValue(item.body, budget);
  for (const { attributes } of item.events ?? []) if (attributes) cutAttributes(attributes, budget);
}

/** In place: every attribute stays, so that it is seen which there were. Nested values are copied, since they may be the service's. */
function cutAttributes(attributes: Record<string, unknown>, budget: Budget): void {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    const name = cutText(key, limits.contextValueChars);
    if (name !== key) delete attributes[key];
    budget.left -= name.length;
    attributes[name] = cutValue(value, budget);
  }
}

function cutValue(value: unknown, budget: Budget, depth = 0): unknown {
  if (typeof value === 'string') {
    const kept = Math.min(value.length, Math.max(budget.left, 0));
    budget.left -= kept;
    return kept === value.length ? value : cutText(value, kept);
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    budget.left -= SCALAR_CHARS;
    return value;
  }
  if (budget.left <= 0 || depth > DEEPEST) return '… [cut]';
  return Array.isArray(value) ? cutList(value, budget, depth) : cutMap(value as Record<string, unknown>, budget, depth);
}

function cutList(items: readonly unknown[], budget: Budget, depth: number): unknown[] {
  const kept: unknown[] = [];
  for (const item of items) {
    if (budget.left <= 0) return [...kept, `… [cut, ${items.length} items]`];
    kept.push(cutValue(item, budget, depth + 1));
  }
  return kept;
}

function cutMap(map: Readonly<Record<string, unknown>>, budget: Budget, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(map)) {
    if (budget.left <= 0) break;
    const name = cutText(key, limits.contextValueChars);
    budget.left -= name.length;
    kept[name] = cutValue(map[key], budget, depth + 1);
  }
  return kept;
}
