import type { KeyRules } from './key-rules.js';

const longestName = 40;

/**
 * A rule's name as it may be printed: a key stands in it with the words around it, which can be the value itself, so that
 * the words of the policy take its place.
 */
export function printable(rule: string, keys: KeyRules): string {
  if (rule.startsWith('context word')) return rule;
  return rule.replace(/'(.*)'/s, (_all, name: string) => `'${keys.of(name).listed ?? shortened(name)}'`);
}

function shortened(name: string): string {
  return name.replace(/\d{4,}/g, '…').slice(0, longestName);
}
