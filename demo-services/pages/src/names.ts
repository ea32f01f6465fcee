import type { OrderParameters, OrderStatus } from '@hallmark/foundation';

export const METAL_NAMES: Record<OrderParameters['metal'], string> = {
  silver_925: 'Silver 925',
  gold_585: 'Gold 585',
  gold_750: 'Gold 750',
  platinum_950: 'Platinum 950',
};

export const SETTING_NAMES: Record<OrderParameters['setting'], string> = {
  none: 'No stones',
  bezel: 'Bezel setting',
  pave: 'Pavé setting',
};

export const STATUS_NAMES: Record<OrderStatus, string> = {
  created: 'Received',
  calculating: 'We are measuring your model',
  calculation_failed: 'Your model could not be priced',
  priced: 'Priced: please approve',
  approved: 'Approved: waiting for our confirmation',
  confirmed: 'Confirmed',
  assigned: 'A goldsmith has taken it over',
  in_production: 'In production',
  finished: 'Finished',
  cancelled: 'Cancelled',
  failed: 'Could not be placed: please order again',
};

export function priceOf(price: number | null): string {
  return price === null ? '-' : `${price.toFixed(2)} EUR`;
}
