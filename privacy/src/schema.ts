import { z } from 'zod';
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

export const checksumNames = ['luhn', 'inn', 'snils', 'iban', 'verhoeff'] as const;
export type ChecksumName = (typeof checksumNames)[number];

/** What would make a pattern slow on some text, or be read otherwise by one of the two places. */
const forbidden: readonly { sign: RegExp; complaint: string }[] = [
  { sign: /[*+]/, complaint: 'has * or +; give a bound, such as {1,40}' },
  { sign: /\{\d+,\}/, complaint: 'has an open {n,}; give a bound, such as {1,40}' },
  { sign: /\{(\d+,)?\d{5,}\}|\{(\d+,)?[1-9]\d{3}\}(?<!1000\})/, complaint: 'repeats more than 1000 times' },
  { sign: /\((?!\?:)/, complaint: 'has a capturing group or a look-around; use (?:…)' },
  { sign: /[\^$]/, complaint: 'has ^ or $; a form is found anywhere' },
];

const pattern = z.string().superRefine((text, context) => {
  const withoutClasses = text.replace(/\[[^\]]*\]/g, 'x');
  const complaints = forbidden.filter(({ sign }) => sign.test(withoutClasses)).map(({ complaint }) => complaint);
  if (text.includes('\\')) complaints.push('has a backslash; write the characters out, such as [0-9] or [.]');
  for (const complaint of complaints) context.addIssue({ code: 'custom', message: `the pattern ${complaint}` });
  try {
    new RegExp(text, 'u');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `the pattern can't be read: ${(error as Error).message}` });
  }
});

const words = z.array(z.string().min(1));
const range = z.string().regex(/^\d+(-\d+)?$/, "must be a number of digits or a range, such as '6-15'");

const form = z.strictObject({
  pattern,
  hint: z.array(z.string().min(3)).min(1, "must name at least one literal of three signs or more, such as ['AKIA']"),
  run_on: z.boolean().optional(),
  to_end: z.boolean().optional(),
  checksum: z.enum(checksumNames).optional(),
  context_only: z.boolean().optional(),
});

const kind = z.strictObject({
  about: z.string().min(1),
  keys: words.optional(),
  context: words.optional(),
  recognise: z.array(z.enum(recogniserNames)).optional(),
  digits: range.optional(),
  prefixes: z.array(z.union([z.number(), z.string().regex(/^\d+(-\d+)?$/)])).optional(),
  forms: z.array(form).optional(),
  keep: z.enum(['last 4', 'domain', 'nothing']).optional(),
  replace: z.enum(['mask', 'hash']).optional(),
});

const kindName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case with underscores, such as loyalty_card');

/** The shape of privacy/policy.yaml; what each field means is written there. */
export const policySchema = z
  .strictObject({
    version: z.literal(1),
    mask: z
      .string()
      .regex(/^[^\p{L}\p{N}@\s]{1,12}$/u, "must be 1 to 12 signs without letters or digits, such as '****'"),
    countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, such as RU')),
    kinds: z.record(kindName, kind),
    hashed_keys: words,
    never_touched: z.array(z.strictObject({ keys: words, form: pattern })),
    neutral: words,
    pairs: z.array(z.strictObject({ name: z.string().min(1), values: words.min(1) })),
    sql_keys: words,
    ordinary_keys: z.strictObject({ texts: words, values: words }),
    ordinary_words: z.array(
      z
        .string()
        .regex(
          /^[a-z]+[0-9]?$/,
          'must be one word of small letters, such as order, with one digit at most behind them',
        ),
    ),
    own: z.record(kindName, kind),
  })
  .superRefine((policy, context) => {
    for (const name of Object.keys(policy.own)) {
      if (!Object.hasOwn(policy.kinds, name)) continue;
      context.addIssue({
        code: 'custom',
        path: ['own', name],
        message: `there is a kind of this name already; give yours another one, such as our_${name}, or change the kind above`,
      });
    }
    const ordinary = new Set(policy.ordinary_words);
    const phrases = [
      ...Object.values({ ...policy.kinds, ...policy.own }),
      { keys: policy.hashed_keys, context: [] },
    ].flatMap(({ keys = [], context = [] }) => [...keys, ...context]);
    for (const phrase of phrases) {
      const parts = keyWords(phrase);
      if (!parts.every((word) => ordinary.has(word))) continue;
      const at = policy.ordinary_words.indexOf(parts[0] ?? '');
      context.addIssue({
        code: 'custom',
        path: ['ordinary_words', at],
        message: `these words together are listed as '${phrase}'`,
      });
    }
  });

export type Policy = z.infer<typeof policySchema>;
export type Kind = z.infer<typeof kind>;
export type Form = z.infer<typeof form>;
