import { Refusal } from './refusal.js';

export const ORDER_STATUSES = [
  'created',
  'calculating',
  'calculation_failed',
  'priced',
  'approved',
  'confirmed',
  'assigned',
  'in_production',
  'finished',
  'cancelled',
  'failed',
] as const;

/** Where an order stands, in the words that every service of the company uses. */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

const AFTER: Record<OrderStatus, readonly OrderStatus[]> = {
  created: ['calculating', 'failed'],
  calculating: ['priced', 'calculation_failed', 'cancelled', 'failed'],
  calculation_failed: ['calculating', 'cancelled'],
  priced: ['calculating', 'approved', 'cancelled'],
  approved: ['confirmed', 'cancelled'],
  confirmed: ['assigned'],
  assigned: ['in_production'],
  in_production: ['finished'],
  finished: [],
  cancelled: [],
  failed: [],
};

/** The statuses that may follow. */
export function allowedAfter(status: OrderStatus): readonly OrderStatus[] {
  return AFTER[status];
}

export function isAllowed(from: OrderStatus, to: OrderStatus): boolean {
  return AFTER[from].includes(to);
}

/** Throws a Refusal with status 409 where the life cycle does not allow the change. */
export function refuseTransition(orderId: string, from: OrderStatus, to: OrderStatus): void {
  if (isAllowed(from, to)) return;
  const allowed = AFTER[from].join(' or ') || 'nothing, it is at its end';
  throw new Refusal(409, `order ${orderId} is ${from} and can't become ${to}; allowed: ${allowed}`);
}
