import { type Errand, finishOrder, placeOrder, waitForStatus } from 'customers';
import type { Company } from '../start-company.js';

const AT_ONCE = 10;
const SMALLEST = 5_000;
const LARGEST = 200_000;
const LARGEST_ASCII = 40_000;

/**
 * Many customers at once: `orders` rings, each followed from the click to the finished ring, and one more whose model has a
 * hole, which nobody can price. Returns the number of the order that was finished last.
 */
export async function orderRings(company: Company, orders: number, say: (line: string) => void): Promise<string> {
  const errands = [openMesh, ...Array.from({ length: orders }, (_, index) => ringFor(index))];
  let finished = '';
  const next = async (): Promise<void> => {
    for (let errand = errands.shift(); errand; errand = errands.shift()) {
      const orderId = await follow(company, errand, say);
      finished = orderId ?? finished;
    }
  };
  say(`${orders} customers order a ring, and one whose model has a hole`);
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return finished;
}

const openMesh: Errand = { seed: 1, triangles: 12_000, fault: 'open mesh' };

// The sizes are spread evenly over their orders of magnitude: most models are small, some are large.
function ringFor(index: number): Errand {
  const share = ((index * 7) % 10) / 9;
  const triangles = Math.round(SMALLEST * (LARGEST / SMALLEST) ** share);
  const format = index % 3 === 1 && triangles <= LARGEST_ASCII ? 'ascii' : 'binary';
  return { seed: index + 2, triangles, format };
}

async function follow(company: Company, errand: Errand, say: (line: string) => void): Promise<string | undefined> {
  const placed = await placeOrder(company.urls, errand);
  const { orderId } = placed;
  if (errand.fault) {
    await waitForStatus(placed, 'calculation_failed');
    say(`order ${orderId} could not be priced: its model has a hole`);
    return undefined;
  }
  await finishOrder(company.staff, placed);
  say(`order ${orderId} is finished`);
  return orderId;
}
