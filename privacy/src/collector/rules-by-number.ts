import type { Policy } from '../schema.js';
import { beforeNumber, type Rule, shield } from './rule.js';

/** Numbers by their written form; without a checksum, which no stock processor has for a match inside a text. */
export function numberRules(policy: Policy): Rule[] {
  const rule = (name: string, pattern: string, replacement = '<1>****'): Rule => ({
    name,
    pattern: beforeNumber + pattern,
    replacement,
    needsChecksum: true,
    when: 'digits',
  });
  /** A number without groups is spared after a neutral word: no checksum tells here what it is. */
  const bare = (name: string, pattern: string, replacement: string): Rule => ({
    ...rule(name, pattern, replacement),
    pattern: beforeNumber.replace('.-]|', `.${shield}-]|`) + pattern,
  });
  const gap = '(?:[ ()./+-]|%20|%28|%29|\\x{a0})';
  const card = cardStarts(policy);
  return [
    rule(
      'card: groups',
      `${card}(?:(?:[ .+-]|%20)[0-9]{4}){2}(?:[ .+-]|%20)([0-9]{4})((?:[ .+-]|%20)[0-9]{1,3})?\\b`,
      '<1>****<2>',
    ),
    bare('card: Diners', '3(?:0[0-5]|[689][0-9])[0-9]{7}([0-9]{4})\\b', '<1>****<2>'),
    bare('card: 19 digits', '62[0-9]{13}([0-9]{4})\\b', '<1>****<2>'),
    bare('card: 16 digits', `${card}[0-9]{8}([0-9]{4})\\b`, '<1>****<2>'),
    rule('card: American Express', '3[47][0-9]{2}(?:[ +-]|%20)?[0-9]{6}(?:[ +-]|%20)?[0-9]([0-9]{4})\\b', '<1>****<2>'),
    // Its first three groups are those of a Polish phone.
    rule('snils', '[0-9]{3}-[0-9]{3}-[0-9]{3}(?:[ +-]|%20)[0-9]{2}\\b'),
    {
      name: 'phone: international',
      pattern: `(^|[^\\p{L}\\p{N}%№-]|['"]%)(?:\\+|%2B)${gap}?[1-9](?:${gap}{0,3}[0-9]){7,14}\\b`,
      replacement: '<1>****',
      needsChecksum: true,
      when: ['+', '%2B'],
    },
    rule(
      'phone: Russian',
      `(?:\\+?[78]${gap}{1,3}[3-9][0-9]{2}${gap}{1,3}[0-9]{3}${gap}?[0-9]{2}${gap}?[0-9]{2}|8[3-9][0-9]{2}-[0-9]{3}-[0-9]{2}-[0-9]{2})\\b`,
    ),
    bare('phone: Russian, without groups', '[78] ?9[0-9]{9}\\b', '<1>****'),
    rule(
      'phone: in brackets',
      `(?:\\(|%28)(?:[0-9]{3,5}(?:\\)|%29)${gap}{0,2}[0-9]{2,3}${gap}?[0-9]{2}${gap}?[0-9]{2}|0[0-9]{1,4}(?:\\)|%29)${gap}?[0-9]{3,4}${gap}?[0-9]{3,4})\\b`,
    ),
    rule(
      'phone: city',
      '(?:[0-9]{3}[ -][0-9]{3}-[0-9]{2}-[0-9]{2}|[2-9][0-9]{2}[.-][0-9]{3}[.-][0-9]{4}|1-[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}|[67][0-9]{2}(?:[ +][0-9]{2}){3}|(?:45|5[0137]|6[069]|7[2389]|88)[0-9]-[0-9]{3}-[0-9]{3})\\b',
    ),
    rule(
      'phone: with a zero',
      '(?:0[1-9](?:[ .+-][0-9]{2}){4}|0[17][0-9]{3}[ +][0-9]{6}|0[1-9][0-9]{0,3}(?:(?:[ +][0-9]{2,4}){2,4}|(?:-[0-9]{2,4}){2,4})|0[1-9][0-9]{1,4}[-/][0-9]{6,8}|(?:01(?:5[0-9]{1,2}|[67][0-9])[ +][0-9]{7,8}|0(?:30|40|69|89)[ +][0-9]{6,8})|0[6-9][0-9]{4}[ +][0-9]{5})\\b',
    ),
    bare(
      'phone: with two zeros',
      '00[1-9](?:[0-9]{8,13}|[0-9]{0,2}(?:(?:[ -][0-9]{2,4}){3,5}|[ -][0-9]{2,4}[ -][0-9]{5,8}))\\b',
      '<1>****',
    ),
    rule('passport', '(?:[0-9]{4}(?:[ +]?№[ +]?|[ +])[0-9]{6}|[0-9]{2}[ +][0-9]{2}[ +](?:№ ?)?[0-9]{6})\\b'),
    {
      name: 'passport: series and number',
      pattern: '((?i:сери[ия])[^0-9\\n]{1,4}[0-9]{2} ?[0-9]{2}[^0-9\\n]{1,16})[0-9]{6}\\b',
      replacement: '<1>****',
      needsChecksum: true,
      when: 'context',
    },
    rule('social security', '[0-9]{3}-[0-9]{2}-[0-9]{4}\\b'),
    rule('bank account', '(?:408(?:17|20)[0-9]{15}|42[36][0-9]{17})\\b'),
    {
      ...rule(
        'national numbers',
        '(?:[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]|[A-Z]{6}[0-9]{2}[ABCDEHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]|[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[0-9]{2}[ +]?[A-D]|(?:[XYZ]-?[0-9]{7}|[0-9]{8})-?[TRWAGMYFPDXBNJZSQVHLCKE])\\b',
      ),
      when: 'codes',
    },
  ];
}

/** The first four digits that a card's number may have. */
function cardStarts(policy: Policy): string {
  const prefixes = Object.values({ ...policy.kinds, ...policy.own }).find((kind) => kind.recognise?.includes('card'))
    ?.prefixes ?? ['2-6'];
  const heads = prefixes.flatMap((prefix) => {
    const [from = '', to = from] = String(prefix).split('-');
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => String(Number(from) + i));
  });
  const short = heads
    .filter((head) => head.length < 4 && head !== '34' && head !== '37')
    .map((head) => `${head}[0-9]{${4 - head.length}}`);
  return `(?:${[...short, ...grouped(heads.filter((head) => head.length === 4))].join('|')})`;
}

/** Four-digit numbers as hundreds with a class for the rest, so that the expression stays small. */
function grouped(heads: readonly string[]): string[] {
  const tens = new Map<string, string>();
  for (const head of heads) tens.set(head.slice(0, 3), (tens.get(head.slice(0, 3)) ?? '') + head.slice(3));
  return [...tens].map(([start, ends]) => start + (ends.length === 10 ? '[0-9]' : `[${ends}]`));
}
