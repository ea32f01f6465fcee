import type { Finding } from './compiled.js';
import type { KeyRules } from './key-rules.js';
import { closingQuote } from './quotes.js';
import { isReplaced } from './replace.js';

/** A list of headers in a text, up to its first item: "rawHeaders":[" */
const listStart = /[Hh]eaders["'`]?\s{0,8}(?:=>|[:=])\s{0,8}[[(]\s{0,8}(?=["'])/g;
const nextItem = /\s{0,8},\s{0,8}(?=["'])/y;
const headerName = /^[A-Za-z][\w-]{0,63}$/;
const customHeader = /^x-/i;
/** What no name of a column holds: digits, a dot, a slash. */
const noName = /[^\p{L}\s_-]/u;
const mostItems = 400;

/**
 * Whether an array holds headers as they were sent, name and value in turn, as Node's `rawHeaders` does. 'headers' may be the names
 * of columns too, so something has to say that these are not: a value that is no name, or a header of one's own.
 */
export function areRawHeaders(items: readonly unknown[]): boolean {
  if (items.length < 2 || items.length % 2 > 0) return false;
  const names = items.filter((_, i) => i % 2 === 0);
  if (!names.every((name) => typeof name === 'string' && headerName.test(name))) return false;
  return (
    names.some((name) => customHeader.test(String(name))) ||
    items.some((value, i) => i % 2 === 1 && noName.test(String(value)))
  );
}

/** Values of listed names in a text with such a list. */
export function findInRawHeaders(text: string, keys: KeyRules, mask: string): Finding[] {
  if (!text.includes('eaders')) return [];
  const findings: Finding[] = [];
  listStart.lastIndex = 0;
  for (let match = listStart.exec(text); match; match = listStart.exec(text)) {
    const spans = itemsFrom(text, listStart.lastIndex);
    listStart.lastIndex = spans.at(-1)?.end ?? listStart.lastIndex;
    const items = spans.map(({ start, end }) => text.slice(start, end));
    if (!areRawHeaders(items.length % 2 > 0 ? items.slice(0, -1) : items)) continue;
    for (const [i, span] of spans.entries()) {
      const name = items[i - 1] ?? '';
      const { kind, spared } = keys.of(i % 2 === 1 ? name : '');
      const value = items[i] ?? '';
      if (!kind || value === '' || isReplaced(value, mask) || spared.some((form) => form.test(value))) continue;
      findings.push({ ...span, kind, rule: `key '${name}' in a list of headers` });
    }
  }
  return findings;
}

function itemsFrom(text: string, from: number): { start: number; end: number }[] {
  const items: { start: number; end: number }[] = [];
  for (let at = from; items.length < mostItems; at = nextItem.lastIndex) {
    const end = closingQuote(text, at + 1, text[at] ?? '');
    items.push({ start: at + 1, end });
    nextItem.lastIndex = end + 1;
    if (!nextItem.test(text)) break;
  }
  return items;
}
