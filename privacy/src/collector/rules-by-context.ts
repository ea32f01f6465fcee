import type { Policy } from '../schema.js';
import { literal } from '../words.js';
import { numeral, type Rule, shield } from './rule.js';

/**
 * Numbers, codes and dates after a context word, with at most three words between.
 * @param wanted which phrases
 */
export function contextRules(policy: Policy, wanted: (phrase: string) => boolean = () => true): Rule[] {
  const rules: Rule[] = [];
  const between = `(?:[^\\p{L}\\p{N}${shield}${numeral}\\n]{1,4}\\p{L}{1,20}){0,3}?[^\\p{L}\\p{N}${shield}${numeral}\\n]{1,4}`;
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    const phrases = (kind.context ?? []).filter(wanted);
    if (phrases.length === 0) continue;
    const words = phrases
      .sort((a, b) => b.length - a.length)
      .map((word) => literal(word).replaceAll(' ', '[ +]').replaceAll("'", "['\\\\]{1,3}"))
      .join('|');
    const [from = 6, to = from] = (kind.digits ?? '6-20').split('-').map(Number);
    const number = kind.recognise?.includes('digits') ? [`[0-9](?:[ ().+-]{0,2}[0-9]){${from - 1},${to - 1}}`] : [];
    const code = kind.recognise?.includes('code') ? ['[A-Z]{1,3}[0-9][A-Z0-9]{4,15}'] : [];
    const date = kind.recognise?.includes('date')
      ? ['[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}', '[0-9]{4}-[0-9]{2}-[0-9]{2}']
      : [];
    const values = [...date, ...number, ...code].join('|');
    rules.push({
      name: `${name}: context word`,
      pattern: `((?:^|[^\\p{L}])(?i:${words})${between}[+(]?)(?:${values})\\b`,
      replacement: '<1>****',
      needsChecksum: true,
      when: 'context',
    });
  }
  return rules;
}
