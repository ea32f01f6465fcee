import { createHmac } from 'node:crypto';
import type { CompiledKind, Finding } from './compiled.js';
import type { Shadow } from './shadow.js';

/** How values are replaced: the mask of the policy, and the key for hashes when there is one. */
export interface Replacement {
  readonly mask: string;
  readonly hmacKey: string | undefined;
  /** Told once when a value had to be masked because there is no key to hash it with. */
  readonly onMissingKey: () => void;
}

/** Hex digits of a hash: 128 bits of HMAC-SHA-256 can't collide by accident. */
const hashLength = 32;
/** A value this short would be told by its last four signs. */
const shortestForLastFour = 8;
const keptPart = /^(?:[\p{L}\p{N}]{4}|@[\p{L}\p{N}.-]{1,253})$/u;
const hash = /^hmac:[0-9a-f]{32}$/;

export function replaced(value: string, kind: CompiledKind, hashed: boolean, replacement: Replacement): string {
  if (hashed || kind.hashed) {
    if (replacement.hmacKey) return hashOf(value, kind, replacement.hmacKey);
    replacement.onMissingKey();
    return replacement.mask;
  }
  if (kind.name === 'sql_literal') return '?';
  const signs = kind.keep === 'last 4' ? value.replace(/[^\p{L}\p{N}]/gu, '') : '';
  if (signs.length >= shortestForLastFour) return replacement.mask + signs.slice(-4);
  const at = kind.keep === 'domain' ? value.lastIndexOf('@') : -1;
  return at >= 0 && /^@[\p{L}\p{N}.-]+$/u.test(value.slice(at)) ? replacement.mask + value.slice(at) : replacement.mask;
}

/** Whether a value is what `replaced` gives, with this mask: it is not replaced, nor counted, once more. */
export function isReplaced(value: string, mask: string): boolean {
  if (!value.startsWith(mask)) return hash.test(value);
  const rest = value.slice(mask.length);
  return rest === '' || keptPart.test(rest);
}

/** The same person's value gives the same hash however it is written: spaces, case and phone punctuation don't count. */
export function hashOf(value: string, kind: CompiledKind, key: string): string {
  const normal = kind.name === 'phone' ? value.replace(/\D/g, '') : value.trim().toLowerCase();
  return `hmac:${createHmac('sha256', key).update(normal).digest('hex').slice(0, hashLength)}`;
}

/** Findings in order and without overlaps: of two that overlap, one with the extent of both. */
export function merged(findings: Finding[]): Finding[] {
  findings.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Finding[] = [];
  for (const finding of findings) {
    const last = kept.at(-1);
    if (!last || finding.start >= last.end) kept.push(finding);
    else if (finding.end > last.end) last.end = finding.end;
  }
  return kept;
}

/** The original text with the findings of its shadow replaced. */
export function cutOut(shadow: Shadow, findings: readonly Finding[], replacement: Replacement): string {
  const { text, original, offsets } = shadow;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, kind } of findings) {
    const originalStart = offsets ? (offsets[start] ?? original.length) : start;
    const originalEnd = offsets ? (offsets[end] ?? original.length) : end;
    if (originalStart < from) continue;
    parts.push(original.slice(from, originalStart), replaced(text.slice(start, end), kind, false, replacement));
    from = originalEnd;
  }
  parts.push(original.slice(from));
  return parts.join('');
}
