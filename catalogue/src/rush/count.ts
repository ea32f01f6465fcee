import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { connect } from '@hallmark/lookup';

type Client = ReturnType<typeof connect>;

const PAGE_SIZE = 5_000;

/** How often each event of each order was told by each service: `shop-api order.created ORD-…`. */
export type Counts = Map<string, number>;

export interface Difference {
  /** `shop-api order.created ORD-…` */
  what: string;
  printed: number;
  stored: number;
}

/**
 * What the services printed themselves, which never went through the collector. An event that a service also tells without an
 * order is left out: in the store it has the order of the request that it was told in.
 */
export async function printedCounts(logFolder: string): Promise<Counts> {
  const counts: Counts = new Map();
  const withoutOrder = new Set<string>();
  for (const file of (await readdir(logFolder)).filter((name) => name.endsWith('.log'))) {
    const service = basename(file, '.log');
    for await (const line of createInterface({ input: createReadStream(join(logFolder, file)) })) {
      if (!line.startsWith('{')) continue;
      const { event, 'order.id': orderId } = JSON.parse(line) as { event?: string; 'order.id'?: string };
      if (event && orderId) add(counts, `${service} ${event} ${orderId}`);
      else if (event) withoutOrder.add(`${service} ${event}`);
    }
  }
  return new Map([...counts].filter(([what]) => !withoutOrder.has(eventOf(what))));
}

/** The same out of the store: the lines of services, which name their module. */
export async function storedCounts(client: Client, since: Date): Promise<Counts> {
  const counts: Counts = new Map();
  const field = (name: string) => ({ terms: { field: name } });
  for (let after: Record<string, string> | undefined; ; ) {
    const answer = await client.search<unknown, { events: { buckets: Bucket[]; after_key?: Record<string, string> } }>({
      index: 'logs-*.otel-*',
      size: 0,
      query: {
        bool: {
          filter: [
            { range: { '@timestamp': { gte: since.toISOString() } } },
            { exists: { field: 'attributes.code.namespace' } },
          ],
        },
      },
      aggregations: {
        events: {
          composite: {
            size: PAGE_SIZE,
            sources: [
              { service: field('resource.attributes.service.name') },
              { event: field('event_name') },
              { order: field('attributes.order.id') },
            ],
            ...(after && { after }),
          },
        },
      },
    });
    const { buckets = [], after_key } = answer.aggregations?.events ?? {};
    for (const { key, doc_count } of buckets) counts.set(`${key.service} ${key.event} ${key.order}`, doc_count);
    if (!after_key) return counts;
    after = after_key;
  }
}

interface Bucket {
  key: { service: string; event: string; order: string };
  doc_count: number;
}

/** Where the two disagree on an event that was printed: a line that is missing in the store, or is there twice. */
export function differences(printed: Counts, stored: Counts): Difference[] {
  const compared = new Set([...printed.keys()].map(eventOf));
  const all = new Set([...printed.keys(), ...[...stored.keys()].filter((what) => compared.has(eventOf(what)))]);
  return [...all].flatMap((what) => {
    const difference = { what, printed: printed.get(what) ?? 0, stored: stored.get(what) ?? 0 };
    return difference.printed === difference.stored ? [] : [difference];
  });
}

/** `shop-api order.created` of `shop-api order.created ORD-…`. */
function eventOf(what: string): string {
  return what.slice(0, what.lastIndexOf(' '));
}

function add(counts: Counts, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
