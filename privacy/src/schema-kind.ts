import { z } from 'zod';
import { form } from './schema-form.js';
import { keyWords } from './words.js';

/** The built-in recognisers: forms that need a checksum, a phone library or a parser, not only a pattern. */
export const recogniserNames = [
  'card',
  'phone',
  'email',
  'iban',
  'inn',
  'snils',
  'passport',
  'bank_account',
  'national_id',
  'url_credentials',
  'auth_scheme',
  'digits',
  'code',
  'date',
] as const;
export type RecogniserName = (typeof recogniserNames)[number];

/** A number beside a context word is looked for with so many digits. */
const fewestDigits = 3;
const mostDigits = 20;

const digitsComplaint = `must be a number of digits or a range from ${fewestDigits} to ${mostDigits}, the smaller first, such as '6-15'`;
const digits = z.string(digitsComplaint).refine((text) => {
  const [from = 0, to = from] = rangeOf(text);
  return from >= fewestDigits && from <= to && to <= mostDigits;
}, digitsComplaint);

const prefixComplaint = 'must be first digits, or a range of as many, the smaller first, such as 4 or 2200-2204';
const prefix = z.union([z.number(), z.string()], prefixComplaint).refine((found) => {
  const text = String(found);
  const [from = 0, to = from] = rangeOf(text);
  return /^\d+(?:-\d+)?$/.test(text) && from <= to && new Set(text.split('-').map(({ length }) => length)).size === 1;
}, prefixComplaint);

const text = z.string().min(1, 'must not be empty');
export const words = z.array(text);
/** Names of keys; what holds no word meets no key. */
export const keys = z.array(
  text.refine((key) => keyWords(key).length > 0, 'names no key: it must hold a word, such as card number'),
);
const contextWords = z.array(
  text.refine((word) => /\p{L}/u.test(word), 'must hold a letter: a context word is a word or some, such as tax id'),
);

/** What only counts beside a context word. */
const besideContext = ['digits', 'code'] as const;

/** A kind of personal data; what each field means is written in privacy/policy.yaml. */
export const kind = z
  .strictObject({
    about: text,
    keys: keys.optional(),
    context: contextWords.optional(),
    recognise: z.array(z.enum(recogniserNames)).optional(),
    digits: digits.optional(),
    prefixes: z.array(prefix).optional(),
    forms: z.array(form).optional(),
    keep: z.enum(['last 4', 'domain', 'nothing']).optional(),
    replace: z.enum(['mask', 'hash']).optional(),
  })
  .superRefine((made, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const { context: contextOf = [], recognise = [], forms = [] } = made;
    if (recognise.length + forms.length + (made.keys?.length ?? 0) === 0)
      complain([], 'finds nothing; give it keys, forms or recognise');
    if (made.keep && made.keep !== 'nothing' && made.replace === 'hash')
      complain(['keep'], `a hash keeps nothing visible; leave out keep, or replace: hash`);
    if (contextOf.length > 0) return;
    if (made.digits !== undefined)
      complain(['digits'], 'counts only beside a context word; list some in context, such as [phone], or leave it out');
    for (const name of besideContext)
      if (recognise.includes(name))
        complain(
          ['recognise', recognise.indexOf(name)],
          `'${name}' counts only beside a word of context; list some there`,
        );
    for (const [i, { context_only }] of forms.entries())
      if (context_only)
        complain(['forms', i, 'context_only'], 'needs words in context, such as [bonus], or no context_only');
  });

function rangeOf(range: string): number[] {
  return /^\d+(?:-\d+)?$/.test(range) ? range.split('-').map(Number) : [Number.NaN];
}
