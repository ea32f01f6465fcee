import type { connect } from '@hallmark/lookup';
import { hasType, readAttributes } from './attributes.js';
import { exampleOf, type StoredRecord } from './judge.js';

type Client = ReturnType<typeof connect>;

const PAGE_SIZE = 5_000;
/** Of a store that holds more, the newest are looked into. */
const MOST_RECORDS = 200_000;

/** Values of one attribute that a service sends with another type than declared. */
export interface WrongType {
  service: string;
  attribute: string;
  declared: string;
  /** In how many records. */
  count: number;
  /** The command that shows an example. */
  example: string | undefined;
}

export interface TypeCheck {
  /** How many records there are; no more than `lookedInto` unless there are very many. */
  records: number;
  lookedInto: number;
  wrong: WrongType[];
}

/** Compares every record since that time, whether its event is in a catalogue or not, with the types that attributes are declared with. */
export async function checkTypes(client: Client, since: Date, most = MOST_RECORDS): Promise<TypeCheck> {
  const tally = typeTally();
  const { id } = await client.openPointInTime({ index: 'logs-*.otel-*', keep_alive: '1m', ignore_unavailable: true });
  let records = 0;
  let lookedInto = 0;
  try {
    for (let after: unknown[] | undefined; lookedInto < most; ) {
      const size = Math.min(PAGE_SIZE, most - lookedInto);
      const { hits } = await client.search<StoredRecord>({
        pit: { id, keep_alive: '1m' },
        query: { range: { '@timestamp': { gte: since.toISOString() } } },
        size,
        sort: [{ '@timestamp': 'desc' }],
        _source: ['attributes', 'resource.attributes.service.name', 'trace_id', 'event_name', 'body.text'],
        track_total_hits: after === undefined,
        ...(after && { search_after: after as string[] }),
      });
      if (after === undefined) records = typeof hits.total === 'object' ? hits.total.value : (hits.total ?? 0);
      for (const { _source } of hits.hits) if (_source) tally.add(_source);
      lookedInto += hits.hits.length;
      after = hits.hits.at(-1)?.sort;
      if (hits.hits.length < size || !after) break;
    }
  } finally {
    // It ends by itself after a minute.
    await client.closePointInTime({ id }).catch(() => undefined);
  }
  return { records, lookedInto, wrong: tally.wrong() };
}

/** Counts values of another type than their attribute is declared with, by service and attribute. */
export function typeTally(): { add(record: StoredRecord): void; wrong(): WrongType[] } {
  const declared = new Map(readAttributes().map(({ name, type }) => [name, type]));
  const found = new Map<string, WrongType>();
  return {
    add(record) {
      const service = String(record.resource?.attributes?.['service.name'] ?? 'unknown');
      for (const [attribute, value] of Object.entries(record.attributes ?? {})) {
        const type = declared.get(attribute);
        if (!type || hasType(value, type)) continue;
        const key = `${service} ${attribute}`;
        const known = found.get(key) ?? { service, attribute, declared: type, count: 0, example: exampleOf(record) };
        known.count++;
        found.set(key, known);
      }
    },
    wrong: () => [...found.values()].sort((a, b) => b.count - a.count),
  };
}
