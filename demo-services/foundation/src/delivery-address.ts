import { z } from 'zod';

const text = (limit: number) => z.string().trim().min(1, 'must not be empty').max(limit);

/** Whom the parcel goes to. Personal: kept in the databases of shop and CRM, never logged. */
export const deliveryAddress = z.object({
  name: text(100),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d ()-]{6,24}$/, 'must be a phone number'),
  address: text(300),
});

export type DeliveryAddress = z.infer<typeof deliveryAddress>;
