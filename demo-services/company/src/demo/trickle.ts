import { setTimeout as sleep } from 'node:timers/promises';
import { changeMind, finishOrder, placeOrder, randomFrom, waitForStatus } from 'customers';
import type { Company } from '../start-company.js';

const FIRST_SEED = 100_000;
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 8_000;

/** One customer after the other until `ending` fires: most buy, some change their mind, cancel, or bring a bad model. */
export async function keepOrdering(company: Company, ending: AbortSignal, say: (line: string) => void): Promise<void> {
  const random = randomFrom(FIRST_SEED);
  for (let seed = FIRST_SEED; !ending.aborted; seed++) {
    const pauseMs = random.between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    try {
      await sleep(pauseMs, undefined, { signal: ending });
      say(await Promise.race([visit(company, seed), aborted(ending)]));
    } catch (error) {
      if (!ending.aborted) say(`a customer left: ${(error as Error).message}`);
    }
  }
}

async function visit(company: Company, seed: number): Promise<string> {
  const random = randomFrom(seed);
  const triangles = Math.round(random.between(5_000, 60_000));
  const mood = random.pick(['buy', 'buy', 'buy', 'buy', 'change', 'cancel', 'bring a bad model'] as const);
  const fault = random.pick(['open mesh', 'wrong count', 'cut'] as const);
  const errand = { seed, triangles, ...(mood === 'bring a bad model' && { fault }) };
  const placed = await placeOrder(company.urls, errand);
  const { orderId } = placed;
  switch (mood) {
    case 'bring a bad model':
      await waitForStatus(placed, 'calculation_failed');
      return `order ${orderId} could not be priced: ${fault}`;
    case 'cancel':
      await waitForStatus(placed, 'priced');
      await placed.customer.cancel(orderId);
      return `order ${orderId} is cancelled`;
    case 'change':
      await changeMind(placed);
      break;
    case 'buy':
  }
  await finishOrder(company.staff, placed);
  return `order ${orderId} is finished`;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}
