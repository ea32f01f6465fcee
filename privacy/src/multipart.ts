import type { Finding } from './compiled.js';
import type { KeyRules } from './key-rules.js';

/** The head of a part of a form (RFC 7578): name="phone", other headers, an empty line. */
const part = /name="([^"\n]{1,64})"[^\n]{0,200}\n(?:[A-Za-z-]{1,40}:[^\n]{0,200}\n){0,3}\r?\n/g;
const longestValue = 4_000;

/** Values of listed fields in a multipart form. */
export function findInMultipart(text: string, keys: KeyRules): Finding[] {
  const findings: Finding[] = [];
  if (!text.includes('name="')) return findings;
  part.lastIndex = 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const start = part.lastIndex;
    const { kind } = keys.of(match[1] ?? '');
    const length = kind ? text.slice(start, start + longestValue).search(/\r?\n--/) : 0;
    const end = length < 0 ? Math.min(text.length, start + longestValue) : start + length;
    if (!kind || end === start) continue;
    findings.push({ start, end, kind, rule: `key '${match[1]}'` });
    part.lastIndex = end;
  }
  return findings;
}
