import { z } from 'zod';

const METALS = ['silver_925', 'gold_585', 'gold_750', 'platinum_950'] as const;
const SETTINGS = ['none', 'bezel', 'pave'] as const;

/** What a customer chooses of a ring: the metal, the setting of its stones, and the size (inner circumference in mm). */
export const orderParameters = z.object({
  metal: z.enum(METALS),
  setting: z.enum(SETTINGS),
  ringSize: z.coerce.number().int().min(40).max(75),
});

export type OrderParameters = z.infer<typeof orderParameters>;

/** What a customer may change while nobody works on the order yet: one of the parameters or more. */
export const orderChange = orderParameters
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'name at least one thing to change');

/** The fields that differ, with their old and new value. */
export function differences(old: OrderParameters, now: OrderParameters): { field: string; old: string; now: string }[] {
  const fields = Object.keys(orderParameters.shape) as (keyof OrderParameters)[];
  return fields
    .filter((field) => old[field] !== now[field])
    .map((field) => ({ field, old: String(old[field]), now: String(now[field]) }));
}
