import { ORDER_ID, orderParameters, storedModel } from '@hallmark/foundation';
import { z } from 'zod';

const orderId = z.string().regex(ORDER_ID);

/** A new order, to be priced. */
export const submitted = z.object({ orderId, customerId: z.uuid(), parameters: orderParameters, model: storedModel });

/** Other parameters for an order, to be priced again. */
export const changed = z.object({ orderId, parameters: orderParameters });

/** What customer or seller decided. */
export const statusChanged = z.object({ orderId, status: z.enum(['approved', 'confirmed', 'cancelled']) });
