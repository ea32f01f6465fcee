import { textOf } from './attributes.js';
import type { Attributes } from './story.js';

/** `order.price` with two decimals where it is a number, as it is where it was masked or written as text. */
export function priceText(attributes: Attributes): string | undefined {
  const price = attributes['order.price'];
  return typeof price === 'number' ? price.toFixed(2) : textOf(attributes, 'order.price');
}
