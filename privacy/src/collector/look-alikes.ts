import type { Policy } from '../schema.js';
import { type Rule, shield, stays } from './rule.js';

const fourDigits = '[0-9]{4}';

/** What has the form of something personal and is none, by what stands beside it. */
export function lookAlikes(policy: Policy): Rule[] {
  const inNames = policy.neutral
    .filter((word) => /^[a-z]{2,}$/.test(word))
    .map((word) => word[0]?.toUpperCase() + word.slice(1));
  return [
    stays(
      'numbers after a name that ends with a neutral word stay: orderId=',
      `(\\p{Ll}(?:${inNames.join('|')})\\\\*["']?\\s?[:=]\\s?\\\\*["']?)([0-9])`,
      'digits',
    ),
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
    stays('an extension ends a phone number', '([0-9][). -][0-9]{3,4})(x[0-9]{1,5}\\b)', 'digits'),
    stays(
      'columns of numbers stay, which have the groups of a passport',
      '((?:^|[^0-9+])[0-9]{2,9} [0-9]{3})([0-9] [0-9]{6}\\b)',
      'digits',
    ),
    stays(
      'numbers of batches stay, which have three groups of four digits and a zero in front',
      '((?:^|[^0-9A-Za-z-])0[0-9]{3}-[0-9]{3})([0-9]-[0-9]{4}(?:[^0-9A-Za-z-]|$))',
      'digits',
    ),
    stays(
      'fractions and amounts with a sign stay',
      '([+][0-9]{1,4})([.][0-9]{4,}\\b|(?: [0-9]{3}){1,4}[.,][0-9]{1,2}\\b)',
      ['+'],
    ),
    stays('differences stay', '([+][0-9]{1,9} )(-[0-9])', ['+']),
    stays('the monotonic clock of Go stays', '( m=[+])([0-9]{1,12}[.][0-9]{9})', ['m=+']),
    stays('the working directory of a shell stays', '((?:^|[ ;,"])PWD=)(/)', ['PWD=/'], false),
    stays('what HTTP says of a connection stays', '(Connection )(Close)', ['Connection Close'], false),
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
