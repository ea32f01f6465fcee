import { z } from 'zod';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const unitBytes = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 } as const;

const ageShape = 'expected an age like 30d, 12h, 10m or 30s';
const sizeShape = 'expected a size like 10mb or 50gb';
/** Whoever means "for ever" is told that there is no such thing, instead of a date that no clock shows. */
const longestAge = '36525d';
const age = z
  .string(ageShape)
  .regex(/^[1-9]\d*[smhd]$/, ageShape)
  .refine((text) => !(ageMs(text) > ageMs(longestAge)), `expected at most 100 years, ${longestAge}`);
const size = z.string(sizeShape).regex(/^[1-9]\d*[kmg]b$/, sizeShape);

const rollover = z
  .strictObject({ max_age: age.optional(), max_primary_shard_size: size.optional(), max_size: size.optional() })
  .refine((conditions) => Object.keys(conditions).length > 0, 'expected max_age, max_primary_shard_size or max_size');

const profile = z
  .strictObject({
    index_per: z.enum(['system', 'all']),
    rollover,
    cold_after: age.optional(),
    archive: z.boolean().default(false),
    keep: age,
  })
  .refine((each) => each.cold_after === undefined || ageMs(each.cold_after) < ageMs(each.keep), {
    message: 'cold_after has to be shorter than keep',
    path: ['cold_after'],
  });

/** The shape of retention.yaml. */
export const retentionSchema = z
  .strictObject({ version: z.literal(1), profile: z.string(), profiles: z.record(z.string(), profile) })
  .refine((file) => Object.hasOwn(file.profiles, file.profile), {
    message: 'names no profile of this file',
    path: ['profile'],
  });

export type Retention = z.infer<typeof retentionSchema>;
export type Profile = z.infer<typeof profile>;

/** `30d` in milliseconds. */
export function ageMs(text: string): number {
  return Number(text.slice(0, -1)) * unitMs[text.slice(-1) as keyof typeof unitMs];
}

/** `50gb` in bytes; 1 kb is 1,024, as Elasticsearch counts. */
export function sizeBytes(text: string): number {
  return Number(text.slice(0, -2)) * unitBytes[text.slice(-2) as keyof typeof unitBytes];
}
