import type { Policy } from '../schema.js';
import { quoteAt } from './json.js';
import { listedKey as key, mask, toArgument, toQuotedValue } from './labels.js';
import { escaped } from './ottl.js';
import type { Rule } from './rule.js';

/** Stands between the mask and the digits of a hash for the time of the rules. */
const hashSign = '\ue00d';
const masked = escaped(mask);
/** What the process writes in place of a value: all of it, or with what its kind keeps. */
const replaced = `${masked}(?:[\\p{L}\\p{N}]{4}|@[\\p{L}\\p{N}.-]+|${hashSign}[0-9a-f]+)?`;

/**
 * Hashes of a record with this policy's mark, and the mask of the policy, read as `mask` while the rules run: each rule spares what
 * begins with that. Of a stranger `hmac:…` is a value like any other.
 */
export function beforeRules(policy: Policy): Rule[] {
  const own = rule('the mask of the policy', escaped(inJson(policy.mask)), mask);
  const hash = rule('hashes stay', 'hmac:([0-9a-f]{32})', `${mask}${hashSign}<1>`, 'known');
  return [...(policy.mask === mask ? [] : [own]), hash];
}

export function afterRules(policy: Policy): Rule[] {
  const own = rule('the mask of the policy', masked, inJson(policy.mask));
  const hash = rule('hashes stay', masked + hashSign, 'hmac:', 'known');
  return [hash, ...(policy.mask === mask ? [] : [own])];
}

/** A key whose value is replaced already is listed no more: within quotes of one kind, in a list and in a map. */
export function replacedRules(): Rule[] {
  const inQuotes = [...[0, 1, 2, 3].map(quoteAt), "'"].map((quote) => quote + replaced + quote).join('|');
  const anyQuote = '\\\\*"';
  const item = `(?:${anyQuote}[^"\\\\]*${anyQuote}:\\s?)?${anyQuote}${replaced}${anyQuote},?\\s?`;
  return [
    rule(
      'replaced values stay',
      `${key}((?:${toQuotedValue}|${toArgument})(?:${inQuotes}|[\\[{](?:${item})+[\\]}]))`,
      '<1>',
      [mask],
    ),
  ];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function rule(name: string, pattern: string, replacement: string, when?: Rule['when']): Rule {
  return { name, pattern, replacement, needsChecksum: false, ...(when && { when }) };
}
