import type { Policy, RecogniserName } from '../schema.js';
import type { Rule } from './rule.js';

/** Which recogniser of the policy a rule stands for, by the beginning of its name. */
const recognisers: Readonly<Record<string, RecogniserName>> = {
  card: 'card',
  phone: 'phone',
  email: 'email',
  iban: 'iban',
  passport: 'passport',
  snils: 'snils',
  'social security': 'national_id',
  'national numbers': 'national_id',
  'bank account': 'bank_account',
  url_credentials: 'url_credentials',
  'token: scheme': 'auth_scheme',
};

/** The rules whose recogniser some kind has, with what that kind keeps: of a card its last digits, of a mail address its domain. */
export function recognised(policy: Policy, rules: readonly Rule[]): Rule[] {
  const kinds = Object.values({ ...policy.kinds, ...policy.own });
  return rules.flatMap((rule) => {
    const begins = (name: string) =>
      rule.name === name || rule.name.startsWith(`${name}:`) || rule.name.startsWith(`${name},`);
    const name = rule.name.endsWith(': form') ? undefined : Object.keys(recognisers).find(begins);
    const recogniser = name === undefined ? undefined : recognisers[name];
    if (recogniser === undefined) return [rule];
    const kind = kinds.find(({ recognise }) => recognise?.includes(recogniser));
    if (kind === undefined) return [];
    return [{ ...rule, replacement: replacementOf(rule, recogniser, kind.keep) }];
  });
}

function replacementOf(
  { replacement }: Rule,
  recogniser: RecogniserName,
  keep: Policy['kinds'][string]['keep'],
): string {
  if (recogniser === 'card' && keep !== 'last 4') return '<1>****';
  if (recogniser === 'email' && keep !== 'domain') return '****';
  return replacement;
}
