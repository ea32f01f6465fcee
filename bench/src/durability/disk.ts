import { ask } from '../lookup/load.js';

export interface DiskUse {
  readonly mode: string;
  readonly records: number;
  readonly bytesARecord: number;
}

interface Hit {
  readonly _source: object;
  readonly sort: readonly unknown[];
}

const pageSize = 5_000;

/** Puts the same stored records into an index of each mode, packs both into one segment, and compares their size. */
export async function measureDisk(admin: string, stream: string, records: number): Promise<DiskUse[]> {
  const [index, mapping] = await mappingOf(admin, stream);
  const modes = ['standard', 'logsdb'] as const;
  for (const mode of modes) {
    const settings = {
      index: {
        mode,
        number_of_shards: 1,
        number_of_replicas: 0,
        refresh_interval: '-1',
        codec: 'best_compression',
        mapping: { total_fields: { limit: 1_500, ignore_dynamic_beyond_limit: true }, ignore_malformed: true },
        // By default a logsdb index is also sorted by host.name, which is another field here.
        ...(mode === 'logsdb' && { sort: { field: ['@timestamp'], order: ['desc'] } }),
      },
    };
    await ask(admin, 'PUT', `/bench-${mode}`, JSON.stringify({ settings, mappings: mapping }));
  }
  let copied = 0;
  for await (const page of pagesOf(admin, index, records)) {
    copied += page.length;
    for (const mode of modes) await store(admin, `bench-${mode}`, page);
  }
  return Promise.all(
    modes.map(async (mode) => {
      await ask(admin, 'POST', `/bench-${mode}/_forcemerge?max_num_segments=1`);
      await ask(admin, 'POST', `/bench-${mode}/_flush`);
      const { _all: all } = (await ask(admin, 'GET', `/bench-${mode}/_stats/store`)) as {
        _all: { primaries: { store: { size_in_bytes: number } } };
      };
      return { mode, records: copied, bytesARecord: all.primaries.store.size_in_bytes / copied };
    }),
  );
}

async function mappingOf(admin: string, stream: string): Promise<[string, object]> {
  const answer = (await ask(admin, 'GET', `/${stream}/_mapping`)) as Record<string, { mappings: object }>;
  const [first] = Object.entries(answer);
  if (!first) throw new Error(`${stream} has no index`);
  return [first[0], first[1].mappings];
}

async function* pagesOf(admin: string, index: string, records: number): AsyncGenerator<readonly Hit[]> {
  for (let read = 0, after: readonly unknown[] | undefined; read < records; ) {
    const sort = ['_doc'];
    const size = Math.min(pageSize, records - read);
    const body = { size, sort, track_total_hits: false, ...(after && { search_after: after }) };
    const { hits } = (await ask(admin, 'POST', `/${index}/_search`, JSON.stringify(body))) as {
      hits: { hits: readonly Hit[] };
    };
    if (hits.hits.length === 0) return;
    read += hits.hits.length;
    after = hits.hits.at(-1)?.sort;
    yield hits.hits;
  }
}

async function store(admin: string, index: string, page: readonly Hit[]): Promise<void> {
  const body = page.map(({ _source }) => `{"create":{}}\n${JSON.stringify(_source)}\n`).join('');
  const answer = await ask(admin, 'POST', `/${index}/_bulk?filter_path=errors,items.*.error`, body);
  if ((answer as { errors: boolean }).errors) throw new Error(`${index}: ${JSON.stringify(answer).slice(0, 500)}`);
}

export function diskTable(all: readonly DiskUse[]): string {
  const rows = all.map(({ mode, records, bytesARecord }) => `| ${mode} | ${bytesARecord.toFixed(0)} | ${records} |`);
  return `| index mode | bytes a record | records |
|---|---|---|
${rows.join('\n')}
`;
}
