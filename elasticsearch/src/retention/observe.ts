import { request } from '../client.js';

/** One index of a data stream, as retention looks at it. */
export interface BackingIndex {
  readonly name: string;
  readonly stream: string;
  /** Whether its mapping carries the mark of Hallmark's templates. */
  readonly isOurs: boolean;
  readonly createdAt: Date;
  /** When the next index of the stream was begun; undefined for the one that is written to. */
  readonly rolledOverAt: Date | undefined;
  readonly documents: number;
  /** Bytes of its primary shards. One shard an index: also the size of the largest. */
  readonly bytes: number;
  /** Whether it can't be written to any more. */
  readonly isReadOnly: boolean;
}

interface Settings {
  readonly settings: {
    readonly index: { readonly creation_date: string; readonly blocks?: { readonly write?: string } };
  };
}
interface Mapping {
  readonly mappings: { readonly _meta?: { readonly managed_by?: string } };
}
interface Stats {
  readonly primaries: { readonly docs: { readonly count: number }; readonly store: { readonly size_in_bytes: number } };
}
interface Resolved {
  readonly data_streams: readonly { readonly name: string; readonly backing_indices: string | readonly string[] }[];
}

export const mark = 'hallmark';
const patterns = 'logs-*.otel-*,metrics-*.otel-*,traces-*.otel-*';

/** Every index of the streams that Hallmark's templates match, whoever made it; oldest first in each stream. */
export async function observe(url: string): Promise<BackingIndex[]> {
  const { data_streams: streams } = (await request(url, 'GET', `/_resolve/index/${patterns}`)) as Resolved;
  const observed = await Promise.all(
    streams.map(({ name, backing_indices: names }) => observeStream(url, name, [names].flat())),
  );
  return observed.flat();
}

/** @param names of its indices in their order: the one that is written to is the last. By name they would stand in that of a clock. */
async function observeStream(url: string, stream: string, names: readonly string[]): Promise<BackingIndex[]> {
  const read = <T>(what: string) => request(url, 'GET', `/${stream}/${what}`) as Promise<Record<string, T>>;
  const settings = await read<Settings>('_settings');
  const mappings = await read<Mapping>('_mapping');
  const stats = (await request(url, 'GET', `/${stream}/_stats/docs,store`)) as { indices: Record<string, Stats> };
  const createdAt = (name: string | undefined) =>
    name === undefined ? undefined : new Date(Number(settings[name]?.settings.index.creation_date));
  return names.map((name, at) => ({
    name,
    stream,
    isOurs: mappings[name]?.mappings._meta?.managed_by === mark,
    createdAt: createdAt(name) ?? new Date(0),
    rolledOverAt: createdAt(names[at + 1]),
    documents: stats.indices[name]?.primaries.docs.count ?? 0,
    bytes: stats.indices[name]?.primaries.store.size_in_bytes ?? 0,
    isReadOnly: settings[name]?.settings.index.blocks?.write === 'true',
  }));
}
