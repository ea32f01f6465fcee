import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Lookup, openLookup, whereToLook } from '@hallmark/lookup';
import { LOG_FOLDER, withCompany } from '../with-company.js';
import { type Difference, differences, printedCounts, storedCounts } from './count.js';
import { type FaultName, rush } from './place.js';
import { type IncompleteStory, incompleteStories } from './stories.js';

const POLL_MS = 5_000;
/** Records reach the store seconds after they are written. Where Elasticsearch is behind, more and more do. */
const PATIENCE_MS = 120_000;

/** One search each, which must find what was made to fail. */
const SEARCHES: Record<FaultName, string> = {
  'calculation-fails': 'event:calculation.failed',
  'queue-closed': 'event:message.send_failed service:crm-api',
  'pool-exhausted': 'event:db.query_failed service:crm-api',
  slow: 'service:3d-file-storage duration>2900',
};

export interface RushReport {
  orders: number;
  /** That the shop could not take while something failed. */
  refused: number;
  ordersPerSecond: number;
  /** Lines of services about orders. */
  lines: number;
  /** Stories that are not whole. */
  incomplete: IncompleteStory[];
  /** Lines that are not stored as often as they were printed. */
  differences: Difference[];
  /** How many spans and records the search for each fault finds; a short rush ends before some of the faults. */
  found: Partial<Record<FaultName, number>>;
}

export interface RushOptions {
  orders: number;
  say: (line: string) => void;
  ending: AbortSignal;
}

/** Lets customers order while parts fail, and compares what is stored with what the services printed. */
export async function runRush({ orders, say, ending }: RushOptions): Promise<RushReport> {
  let report: RushReport | undefined;
  const since = new Date();
  await withCompany(say, ending, async (stack, company) => {
    say(`${orders} orders by 20 customers, while one thing after the other fails`);
    const { orderIds, refused, faults, seconds } = await rush(company, orders, say, ending);
    say(`${orderIds.length} orders in ${Math.round(seconds)} s, ${refused} were refused`);
    await company.stop();
    const client = connect(stack.env.LOOKUP_ELASTICSEARCH_URL ?? '');
    const lookup = openLookup(whereToLook({ ...stack.env }, '.'), { renderer: 'command' });
    try {
      const printed = await printedCounts(LOG_FOLDER);
      const disagreeing = await settled(async () => differences(printed, await storedCounts(client, since)), say);
      report = {
        orders: orderIds.length,
        refused,
        ordersPerSecond: Math.round((orderIds.length / seconds) * 10) / 10,
        lines: [...printed.values()].reduce((sum, count) => sum + count, 0),
        differences: disagreeing,
        found: await searched(lookup, faults, since),
        incomplete: await incompleteStories(client, orderIds, since, say),
      };
    } finally {
      await lookup.close();
      await client.close();
    }
  });
  if (!report) throw ending.reason;
  return report;
}

/** What is wrong with a report; empty where nothing is. */
export function faultsOf({ incomplete, differences: disagreeing, found }: RushReport): string[] {
  return [
    ...incomplete.map(({ orderId, gaps }) => `the story of ${orderId} is ${gaps.join('; ')}`),
    ...disagreeing.map(({ what, printed, stored }) => `${what}: printed ${printed} times, stored ${stored} times`),
    ...Object.entries(found).flatMap(([failure, count]) => (count > 0 ? [] : [`no search finds: ${failure}`])),
  ];
}

/** Looks until nothing differs any more, or nothing has changed for so long that nothing will. */
async function settled(look: () => Promise<Difference[]>, say: (line: string) => void): Promise<Difference[]> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let movedAt = Date.now(); ; ) {
    const found = await look();
    if (found.length < fewest) movedAt = Date.now();
    fewest = Math.min(fewest, found.length);
    if (found.length === 0 || Date.now() - movedAt > PATIENCE_MS) return found;
    say(`stored: ${found.length} lines are on their way`);
    await sleep(POLL_MS);
  }
}

async function searched(lookup: Lookup, faults: Iterable<FaultName>, from: Date): Promise<RushReport['found']> {
  const found: RushReport['found'] = {};
  for (const fault of faults) found[fault] = (await lookup.search(SEARCHES[fault], { from, limit: 1 })).total;
  return found;
}
