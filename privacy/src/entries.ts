import type { Finding } from './compiled.js';
import type { KeyRules } from './key-rules.js';
import { closingQuote } from './quotes.js';
import { isReplaced } from './replace.js';

/** The first of two items within a list of lists: [["phone","…"],["city","…"]], [('phone', '…')]. */
const firstOfTwo = /(?<=(?:\[|[\])],)\s{0,8})[[(]\s{0,8}(["'])([^"'\n]{1,64})\1\s{0,8},\s{0,8}/g;
/** The name of a header with credentials, and behind it a value of a list: ["Host","shop","Authorization","…"]. */
const headerInList =
  /(["'])((?:set-)?cookie|(?:proxy-)?authorization|x-[a-z-]{0,40}(?:key|token))\1\s{0,8},\s{0,8}(?=["'])/gi;
const bareValue = /[\p{L}\p{N}.+-]{1,100}(?=\s{0,8}[\])])/uy;

/** Values of listed keys in a text with what Object.entries gives, and of headers in a flat list. */
export function findInEntries(text: string, keys: KeyRules, mask: string): Finding[] {
  if (!text.includes('[')) return [];
  const findings = findInHeaders(text, keys, mask);
  firstOfTwo.lastIndex = 0;
  for (let match = firstOfTwo.exec(text); match; match = firstOfTwo.exec(text)) {
    const { kind } = keys.of(match[2] ?? '');
    if (!kind) continue;
    const value = valueAt(text, firstOfTwo.lastIndex);
    if (!value || value.end <= value.start) continue;
    const raw = text.slice(value.start, value.end);
    // A listed name as the value is rather the second of two columns.
    if (isReplaced(raw, mask) || keys.of(raw).kind) continue;
    findings.push({ ...value, kind, rule: `key '${match[2]}' in a list of two` });
    firstOfTwo.lastIndex = value.end;
  }
  return findings;
}

function findInHeaders(text: string, keys: KeyRules, mask: string): Finding[] {
  const findings: Finding[] = [];
  for (const { index, 0: before, 2: name = '' } of text.matchAll(headerInList)) {
    const { kind } = keys.of(name);
    const start = index + before.length;
    const end = closingQuote(text, start + 1, text[start] ?? '');
    const value = text.slice(start + 1, end);
    // The next of a list of names is a name.
    if (kind && !isReplaced(value, mask) && /[^A-Za-z-]/.test(value))
      findings.push({ start: start + 1, end, kind, rule: `key '${name}' in a list` });
  }
  return findings;
}

function valueAt(text: string, at: number): { start: number; end: number } | undefined {
  const first = text[at] ?? '';
  if (first === '"' || first === "'") {
    const end = closingQuote(text, at + 1, first);
    return /^\s{0,8}(?:[\])]|$)/.test(text.slice(end + 1, end + 10)) ? { start: at + 1, end } : undefined;
  }
  bareValue.lastIndex = at;
  const bare = bareValue.exec(text)?.[0];
  return bare === undefined || /^(?:true|false|null|None)$/.test(bare)
    ? undefined
    : { start: at, end: at + bare.length };
}
