import type { Company } from '@hallmark/company';
import { Customer, generateRing, personFrom, stlFile, waitUntil } from 'customers';

const AT_ONCE = 20;
const TRIANGLES = 5_000;
const SETTLE_TIMEOUT_MS = 300_000;
/** Between two faults the company works as it should for as long. */
const FAULTS_EVERY_ORDERS = 100;
const METALS = ['silver_925', 'gold_585', 'gold_750', 'platinum_950'] as const;

/** What is switched on for a while, again and again, and how long: shorter and longer than what is repeated by itself. */
const FAULTS = [
  { service: 'mes-api', fault: 'calculation-fails', seconds: 3 },
  { service: 'crm-api', fault: 'queue-closed', seconds: 2 },
  { service: 'crm-api', fault: 'pool-exhausted', seconds: 8 },
  { service: '3d-file-storage', fault: 'slow', seconds: 3 },
] as const;

export interface Rush {
  /** The numbers of all orders that the shop took. */
  orderIds: string[];
  /** How many the shop could not take, while something failed. */
  refused: number;
  seconds: number;
}

/**
 * So many orders by twenty customers, each of whom orders again and again, while one thing after the other fails. Ends when every
 * order has been priced, or has failed.
 */
export async function rush(
  company: Company,
  orders: number,
  say: (line: string) => void,
  ending: AbortSignal,
): Promise<Rush> {
  const startedMs = performance.now();
  const orderIds: string[] = [];
  let begun = 0;
  let refused = 0;
  const model = stlFile(generateRing(1, TRIANGLES), 'binary');
  const failNow = async (round: number) => {
    const { service, fault, seconds } = FAULTS[round % FAULTS.length] ?? FAULTS[0];
    say(`order ${begun} of ${orders}: ${service} has the fault ${fault} for ${seconds} s`);
    await company.switchOn(service, fault, seconds);
  };

  const orderUntilEnough = async (customer: Customer) => {
    while (begun < orders && !ending.aborted) {
      const number = begun++;
      if (number % FAULTS_EVERY_ORDERS === FAULTS_EVERY_ORDERS / 2) {
        await failNow(Math.floor(number / FAULTS_EVERY_ORDERS));
      }
      const metal = METALS[number % METALS.length] ?? METALS[0];
      try {
        orderIds.push(await customer.order({ metal, setting: 'none', ringSize: 45 + (number % 20) }, model));
      } catch {
        refused += 1;
      }
    }
  };
  const customers: Customer[] = [];
  // One after the other: making a password's hash is work, and twenty at once would keep the shop from answering.
  for (let seed = 0; seed < AT_ONCE; seed++) {
    const customer = new Customer(company.urls.shop, personFrom(1_000 + seed));
    await customer.register();
    customers.push(customer);
  }
  await Promise.all(customers.map(orderUntilEnough));
  ending.throwIfAborted();
  await waitUntil({
    what: 'the last calculation',
    timeoutMs: SETTLE_TIMEOUT_MS,
    ready: async () => ((await company.staff.operator.ordersWith('calculating')).length === 0 ? 'done' : undefined),
  });
  return { orderIds, refused, seconds: (performance.now() - startedMs) / 1_000 };
}
