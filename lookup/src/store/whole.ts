import type { Client } from '@elastic/elasticsearch';
import { streams } from './search.js';

/** A stored span or record as it stands in Elasticsearch, nothing cut. */
export type Whole = Readonly<Record<string, unknown>>;

/** By its `documentId`; undefined where the account can read no such document. */
export async function readWhole(client: Client, id: string): Promise<Whole | undefined> {
  const slash = id.indexOf('/');
  if (slash < 1) return undefined;
  const [index, name] = [id.slice(0, slash), id.slice(slash + 1)];
  // Among the streams of stories only: who looked is read by nobody through here.
  const answer = await client.search<Whole>({
    index: streams,
    ignore_unavailable: true,
    size: 1,
    query: { bool: { filter: [{ ids: { values: [name] } }, { term: { _index: index } }] } },
  });
  return answer.hits.hits[0]?._source;
}
