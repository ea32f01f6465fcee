import { createRequire } from 'node:module';
import { z } from 'zod';
import { sparingPattern } from './schema-form.js';
import { keys, kind, words } from './schema-kind.js';
import { keyWords } from './words.js';

export type { ChecksumName } from './schema-form.js';
export type { RecogniserName } from './schema-kind.js';

const kindName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower case with underscores, such as loyalty_card');
/** Loaded with the first country, not with this module. */
const phones = () =>
  createRequire(import.meta.url)('libphonenumber-js/max') as { isSupportedCountry(code: string): boolean };
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { message: 'must be a country code of two capitals, such as RU', abort: true })
  .refine(
    (code) => phones().isSupportedCountry(code),
    'is no country that has phone numbers; a code is one of ISO 3166, such as GB',
  );

/** The shape of privacy/policy.yaml; what each field means is written there. */
export const policySchema = z
  .strictObject({
    version: z.literal(1),
    mask: z
      .string()
      .regex(/^[^\p{L}\p{N}@\s]{1,12}$/u, "must be 1 to 12 signs without letters or digits, such as '****'"),
    countries: z.array(country),
    kinds: z.record(kindName, kind),
    hashed_keys: keys,
    never_touched: z.array(z.strictObject({ keys, form: sparingPattern })),
    neutral: words,
    pairs: z.array(z.strictObject({ name: keys.element, values: keys.min(1) })),
    sql_keys: keys,
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
      if (parts.length === 0 || !parts.every((word) => ordinary.has(word))) continue;
      context.addIssue({
        code: 'custom',
        path: ['ordinary_words', policy.ordinary_words.indexOf(parts[0] ?? '')],
        message: `these words together are listed as '${phrase}'`,
      });
    }
  });

export type Policy = z.infer<typeof policySchema>;
export type Kind = z.infer<typeof kind>;
