import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { Refusal } from './refusal.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ORDER_ID_LENGTH = 10;

/** An order's number: `ORD-` and ten base32 characters. */
export const ORDER_ID = /^ORD-[A-Z2-7]{10}$/;

/** A stored model's id: a UUID. */
export const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A new order's number, 50 random bits, so that nobody finds an order by guessing. */
export function newOrderId(): string {
  const characters = Array.from(randomBytes(ORDER_ID_LENGTH), (byte) => BASE32.charAt(byte & 31));
  return `ORD-${characters.join('')}`;
}

/** The `:orderId` of a request's path. Throws a Refusal with status 400 where it is no order's number. */
export function orderIdOf(request: Request): string {
  const { orderId } = request.params;
  if (typeof orderId === 'string' && ORDER_ID.test(orderId)) return orderId;
  throw new Refusal(400, "an order's number is ORD- and ten of A-Z and 2-7");
}
