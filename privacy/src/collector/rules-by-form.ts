import type { Policy } from '../schema.js';
import { before, type Rule, space, urlCredentials } from './rule.js';

/** Forms of the policy, and those with a prefix of their own. */
export function formRules(policy: Policy): Rule[] {
  const rules: Rule[] = [
    urlCredentials,
    {
      ...urlCredentials,
      name: 'url_credentials: signs that should have been encoded',
      pattern: '(://[^/\\s@"\\\\:[]{0,64}:)[0-9]{0,5}[^0-9/?#\\s@"\\\\<>*][^\\s@"\\\\<>]{0,200}@',
    },
    {
      name: 'url_credentials: user/password of Oracle',
      pattern: '(jdbc:oracle:[a-z]{2,8}:)[^/\\s@"\\\\]{1,64}/[^\\s@"\\\\]{1,64}@',
      replacement: '<1>****@',
      needsChecksum: false,
      when: ['jdbc:oracle'],
    },
    {
      name: 'email',
      // anna+x=example.com@list.example: an address within the address of a list.
      pattern:
        '(?:[\\p{L}\\p{N}._-]{1,64}[+][\\p{L}\\p{N}._+-]{1,64}=)?(?:[\\p{L}\\p{N}\\p{M}._+!#$~-]|%2B|%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}){1,64}(@|＠|%40|\\\\+u0040)((?:(?:[\\p{L}\\p{N}\\p{M}-]|%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}){1,63}[.])+(?:\\p{L}|%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}){2,})',
      replacement: '****<1><2>',
      needsChecksum: false,
      when: ['@', '＠', '%40', 'u0040'],
    },
    {
      name: 'email: in quotes',
      pattern: '\\\\{1,15}"[^"\\\\@]{1,64}\\\\{1,15}"(@(?:[\\p{L}\\p{N}-]{1,63}[.])+\\p{L}{2,})',
      replacement: '****<1>',
      needsChecksum: false,
      when: ['"@'],
    },
    {
      name: 'token: scheme',
      pattern: `((?i:bearer|basic|digest|negotiate)${space}{1,3})[0-9A-Za-z._~+/-]*(?:[0-9=]|[a-z][A-Z])[0-9A-Za-z._~+/=-]{3,}`,
      replacement: '<1>****',
      needsChecksum: false,
      when: ['earer', 'BEARER', 'asic', 'BASIC', 'igest', 'egotiate'],
    },
  ];
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    for (const form of kind.forms ?? []) {
      if (form.context_only) continue;
      const end = form.to_end ? '(?:[^"\\\\]|\\\\[^"])*' : form.run_on ? '[^\\s"\'<>,;&()\\[\\]{}|\\\\]*' : '';
      rules.push({
        name: `${name}: form`,
        pattern: `${before}(?:${encodable(form.pattern)})${end}`,
        replacement: '<1>****',
        needsChecksum: form.checksum !== undefined,
        when: form.hint,
      });
    }
  }
  return rules;
}

/** A form that is met in a query string too: its spaces and commas may be encoded. */
export function encodable(pattern: string): string {
  return pattern.replace(/\[[^\]]*\]|\{[^}]*\}|[ ,]/g, (part) =>
    part === ' ' ? space : part === ',' ? '(?:,|%2C)' : part.startsWith('[') ? part.replace(' ]', ' +]') : part,
  );
}
