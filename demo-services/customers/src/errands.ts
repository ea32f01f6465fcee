import { Customer, type Wish } from './customer.js';
import type { Staff } from './hire.js';
import { personFrom } from './person.js';
import { randomFrom } from './random.js';
import { generateRing } from './ring.js';
import { type StlFault, type StlFormat, stlFile } from './stl.js';
import { waitUntil } from './wait.js';

const STEP_TIMEOUT_MS = 60_000;

/** Where people find the company. */
export interface CompanyUrls {
  shop: string;
  /** For sellers. */
  crm: string;
  /** For operators. */
  mes: string;
}

export interface Errand {
  /** Everything about the person, the wish and the model follows from it. */
  seed: number;
  /** 5,000 to 200,000. */
  triangles: number;
  format?: StlFormat;
  fault?: StlFault;
}

export interface Placed {
  customer: Customer;
  orderId: string;
  wish: Wish;
}

/** Somebody new comes, looks around, registers and orders a ring. */
export async function placeOrder(
  urls: CompanyUrls,
  { seed, triangles, format = 'binary', fault }: Errand,
): Promise<Placed> {
  const customer = new Customer(urls.shop, personFrom(seed));
  const wish = wishFrom(seed);
  await customer.lookAround();
  await customer.register();
  const orderId = await customer.order(wish, stlFile(generateRing(seed, triangles), format, fault));
  return { customer, orderId, wish };
}

/** Waits until the order's page shows one of the statuses, and returns which. */
export function waitForStatus({ customer, orderId }: Placed, ...statuses: string[]): Promise<string> {
  return waitUntil({
    what: `order ${orderId} becoming ${statuses.join(' or ')}`,
    timeoutMs: STEP_TIMEOUT_MS,
    ready: async () => {
      const status = await customer.statusOf(orderId);
      return statuses.includes(status) ? status : undefined;
    },
  });
}

/** From the price to the finished ring: the customer approves, a seller confirms, an operator makes it. */
export async function finishOrder({ seller, operator }: Staff, placed: Placed): Promise<void> {
  const { customer, orderId } = placed;
  await waitForStatus(placed, 'priced');
  await customer.approve(orderId);
  await seller.confirm(orderId);
  // The seller's decision reaches the workshop by a message.
  await waitUntil({
    what: `order ${orderId} reaching the workshop`,
    timeoutMs: STEP_TIMEOUT_MS,
    ready: async () => ((await operator.ordersWith('confirmed')).includes(orderId) ? orderId : undefined),
  });
  await operator.assign(orderId);
  await waitForStatus(placed, 'assigned');
  await operator.start(orderId);
  await waitForStatus(placed, 'in_production');
  await operator.finish(orderId);
  await waitForStatus(placed, 'finished');
}

/** Another metal than the one wished for, to be priced again. */
export async function changeMind(placed: Placed): Promise<void> {
  await waitForStatus(placed, 'priced');
  const metal = placed.wish.metal === 'gold_750' ? 'silver_925' : 'gold_750';
  await placed.customer.change(placed.orderId, { ...placed.wish, metal });
}

function wishFrom(seed: number): Wish {
  const random = randomFrom(seed ^ 0x0a11);
  return {
    metal: random.pick(['silver_925', 'gold_585', 'gold_750', 'platinum_950'] as const),
    setting: random.pick(['none', 'bezel', 'pave'] as const),
    ringSize: Math.round(random.between(45, 65)),
  };
}
