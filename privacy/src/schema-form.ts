import { z } from 'zod';
import { Pattern } from './pattern.js';

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
  try {
    if (new RegExp(`^(?:${text})$`, 'u').test(''))
      complaints.push('matches an empty text; something of it must not be optional, such as [0-9]{1,9}');
  } catch (error) {
    complaints.push(`can't be read: ${(error as Error).message}`);
  }
  for (const complaint of complaints)
    context.addIssue({ code: 'custom', message: `the pattern ${complaint}`, continue: false });
});

/** What no form may spare, however it is written. */
const neverSpared = ['ivan@example.com', '4111 1111 1111 1111', '+7 916 123-45-67', 'Ivan Petrov'];

/** A form of values that are never touched: one that takes anything would spare everything. */
export const sparingPattern = pattern.superRefine((text, context) => {
  const complain = (message: string) =>
    context.addIssue({
      code: 'custom',
      message: `${message}; write the signs out that a value has, such as [0-9a-f]{16,32}`,
    });
  if (new Pattern(text).hasWildcard) return complain('the form takes any sign by . or [^…]');
  const form = new RegExp(`^(?:${text})$`, 'u');
  const sample = neverSpared.find((one) => form.test(one));
  if (sample) complain(`the form would spare '${sample}'`);
});

/** A written form of a kind; what each field means is written in privacy/policy.yaml. */
export const form = z
  .strictObject({
    pattern,
    hint: z.array(z.string().min(3)).min(1, "must name at least one literal of three signs or more, such as ['AKIA']"),
    run_on: z.boolean().optional(),
    to_end: z.boolean().optional(),
    checksum: z.enum(checksumNames).optional(),
    context_only: z.boolean().optional(),
  })
  .superRefine(({ pattern: text, hint }, context) => {
    const read = new Pattern(text);
    for (const [i, literal] of hint.entries()) {
      if (read.holds(literal)) continue;
      context.addIssue({
        code: 'custom',
        path: ['hint', i],
        message: `'${literal}' is no part of the pattern; a hint is a literal of it, in the same letter case`,
      });
    }
  });
