import { ibanLengths } from '../recognisers/codes.js';
import { beforeNumber, type Rule } from './rule.js';

const gap = '(?: |%20|-|\\+)?';

/** IBANs as wholes, before what their groups look like by themselves, and before a listed key takes the first of them for its value. */
export function ibanRules(): Rule[] {
  return [
    rule('iban', `(?:${ibans()})\\b`),
    rule(
      'iban, lower case',
      '[a-z]{2}[0-9]{2}[ +](?:[a-z]{4}[ +])?[0-9]{4}(?:[ +][0-9]{2,4}){1,6}(?:[ +]?[0-9a-z]{1,3})?\\b',
    ),
  ];
}

/** By the length that their country has, in groups of four or without spaces. */
function ibans(): string {
  const countries = new Map<number, string[]>();
  for (const [country, length] of ibanLengths) countries.set(length, [...(countries.get(length) ?? []), country]);
  return [...countries]
    .map(([length, names]) => {
      const behind = length - 'AA00'.length;
      const rest = behind % 4 > 0 ? `${gap}[A-Z0-9]{${behind % 4}}` : '';
      return `(?:${names.join('|')})[0-9]{2}(?:${gap}[A-Z0-9]{4}){${Math.floor(behind / 4)}}${rest}`;
    })
    .join('|');
}

function rule(name: string, pattern: string): Rule {
  return { name, pattern: beforeNumber + pattern, replacement: '<1>****', needsChecksum: true, when: 'digits' };
}
