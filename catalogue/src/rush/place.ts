import { setTimeout as sleep } from 'node:timers/promises';
import type { Company } from '@hallmark/company';
import { Customer, generateRing, personFrom, stlFile, waitUntil } from 'customers';

const AT_ONCE = 20;
const TRIANGLES = 5_000;
const SETTLE_TIMEOUT_MS = 300_000;
/** Between two faults the company works as it should for as long. */
const REST_MS = 5_000;
const METALS = ['silver_925', 'gold_585', 'gold_750', 'platinum_950'] as const;

/**
 * What is switched on for a while, again and again. A calculation is given up only after its repeats (21 s), a wait for a
 * connection after 5 s; a queue that is closed for 2 s is repeated by some callers and given up by others.
 */
const FAULTS = [
  { service: 'crm-api', fault: 'queue-closed', seconds: 2 },
  { service: 'crm-api', fault: 'pool-exhausted', seconds: 8 },
  { service: '3d-file-storage', fault: 'slow', seconds: 3 },
  { service: 'mes-api', fault: 'calculation-fails', seconds: 25 },
] as const;

export type FaultName = (typeof FAULTS)[number]['fault'];

export interface Rush {
  /** The numbers of all orders that the shop took. */
  orderIds: string[];
  /** How many the shop could not take, while something failed. */
  refused: number;
  /** Which faults there were before the last order. */
  faults: Set<FaultName>;
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
  const faults = new Set<FaultName>();
  const failByTurns = async () => {
    for (let round = 0; begun < orders && !ending.aborted; round++) {
      const { service, fault, seconds } = FAULTS[round % FAULTS.length] ?? FAULTS[0];
      say(`order ${begun} of ${orders}: ${service} has the fault ${fault} for ${seconds} s`);
      await company.switchOn(service, fault, seconds);
      faults.add(fault);
      await sleep(seconds * 1_000 + REST_MS, undefined, { signal: ending });
    }
  };
  const orderUntilEnough = async (customer: Customer) => {
    while (begun < orders && !ending.aborted) {
      const number = begun++;
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
  await Promise.all([failByTurns(), ...customers.map(orderUntilEnough)]);
  ending.throwIfAborted();
  await waitUntil({
    what: 'the last calculation',
    timeoutMs: SETTLE_TIMEOUT_MS,
    ready: async () => ((await company.staff.operator.ordersWith('calculating')).length === 0 ? 'done' : undefined),
  });
  return { orderIds, refused, faults, seconds: (performance.now() - startedMs) / 1_000 };
}
