import type { Policy } from '../schema.js';
import { type Rule, shield } from './rule.js';

const fourDigits = '[0-9]{4}';

/** What has the form of something personal and is none, by what stands beside it. */
export function lookAlikes(policy: Policy): Rule[] {
  const inNames = policy.neutral
    .filter((word) => /^[a-z]{2,}$/.test(word))
    .map((word) => word[0]?.toUpperCase() + word.slice(1));
  return [
    {
      name: 'numbers after a name that ends with a neutral word stay: orderId=',
      pattern: `(\\p{Ll}(?:${inNames.join('|')})\\\\*["']?\\s?[:=]\\s?\\\\*["']?)([0-9])`,
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: 'digits',
    },
    {
      name: 'rows of more than four groups of digits stay',
      // Not behind the first group of an account: FR76 3000 …
      pattern: `((?:^|[^\\p{N}\\p{L} ] ?|\\p{Ll} )${fourDigits} )(${fourDigits} )(${fourDigits} )(${fourDigits} )(${fourDigits})\\b`,
      replacement: `<1>${shield}<2>${shield}<3>${shield}<4>${shield}<5>`,
      needsChecksum: true,
      when: 'digits',
    },
    {
      name: 'pictures of higher resolution, units of systemd and versions of packages stay',
      pattern:
        '(@)([1-4]x[.](?:png|jpe?g|webp|gif|svg|avif)|[\\w-]{1,30}[.](?:service|socket|timer|mount|slice|scope)|[0-9]{1,5}[.][0-9]{1,5}[.][0-9]{1,5}(?:[^0-9.]|$))',
      replacement: `${shield}<1><2>`,
      needsChecksum: false,
      when: ['@'],
    },
    {
      name: 'an extension ends a phone number',
      pattern: '([0-9][). -][0-9]{3,4})(x[0-9]{1,5}\\b)',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: 'digits',
    },
    {
      name: 'columns of numbers stay, which have the groups of a passport',
      pattern: '((?:^|[^0-9+])[0-9]{2,9} [0-9]{3})([0-9] [0-9]{6}\\b)',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: 'digits',
    },
    {
      name: 'numbers of batches stay, which have three groups of four digits and a zero in front',
      pattern: '((?:^|[^0-9A-Za-z-])0[0-9]{3}-[0-9]{3})([0-9]-[0-9]{4}(?:[^0-9A-Za-z-]|$))',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: 'digits',
    },
    {
      name: 'fractions and amounts with a sign stay',
      pattern: '([+][0-9]{1,4})([.][0-9]{4,}\\b|(?: [0-9]{3}){1,4}[.,][0-9]{1,2}\\b)',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: ['+'],
    },
    {
      name: 'differences stay',
      pattern: '([+][0-9]{1,9} )(-[0-9])',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: ['+'],
    },
    {
      name: 'the monotonic clock of Go stays',
      pattern: '( m=[+])([0-9]{1,12}[.][0-9]{9})',
      replacement: `<1>${shield}<2>`,
      needsChecksum: true,
      when: ['m=+'],
    },
    {
      name: 'the working directory of a shell stays',
      pattern: '((?:^|[ ;,"])PWD=)(/)',
      replacement: `<1>${shield}<2>`,
      needsChecksum: false,
      when: ['PWD=/'],
    },
    {
      name: 'what HTTP says of a connection stays',
      pattern: '(Connection )(Close)',
      replacement: `<1>${shield}<2>`,
      needsChecksum: false,
      when: ['Connection Close'],
    },
  ];
}

/** Groups of digits within what is longer, once the values of listed keys are masked: an address under its key is read as a whole. */
export const partsOfIdentifiers: Rule[] = [
  {
    name: 'groups of digits within a UUID stay',
    pattern: '([0-9a-fA-F]{8}-[0-9])([0-9]{3}-[0-9])([0-9]{3}-[0-9])([0-9]{3}-[0-9a-fA-F]{12})',
    replacement: `<1>${shield}<2>${shield}<3>${shield}<4>`,
    needsChecksum: true,
    when: 'digits',
  },
  {
    name: 'addresses of network cards stay',
    pattern: `(^|[^0-9A-Za-z:.-])${'([0-9A-Fa-f]{2}[:-])'.repeat(5)}([0-9A-Fa-f]{2}(?:[^0-9A-Za-z:-]|$))`,
    replacement: `<1><2>${shield}<3>${shield}<4>${shield}<5>${shield}<6>${shield}<7>`,
    needsChecksum: true,
    when: 'digits',
  },
];
