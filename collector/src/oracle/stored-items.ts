import { ask } from '../store.js';

/** What of a stored record or span is compared with what was sent. */
export interface StoredItem {
  readonly id: string;
  readonly number: number;
  /** A record's body, a span's name. */
  readonly text: string | undefined;
  readonly list: unknown;
  readonly service: unknown;
  /** Milliseconds since 1970. */
  readonly time: number;
}

interface Hit {
  readonly _id: string;
  readonly _source: {
    readonly '@timestamp': string;
    readonly name?: string;
    readonly body?: { readonly text?: string };
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly resource?: { readonly attributes?: Readonly<Record<string, unknown>> };
  };
}

export const numberKey = 'oracle.number';
export const listKey = 'oracle.list';
const pageSize = 10_000;
const path = '/logs-*.otel-*,traces-*.otel-*/_search?ignore_unavailable=true&allow_partial_search_results=false';

/** All documents of the trace, page by page. Two with the same number at the end of a page come with the next page again. */
export async function readStored(admin: string, traceId: string): Promise<StoredItem[]> {
  const items = new Map<string, StoredItem>();
  for (let from = 0; ; ) {
    const filter = [{ term: { trace_id: traceId } }, { range: { [`attributes.${numberKey}`]: { gte: from } } }];
    const sort = [{ [`attributes.${numberKey}`]: { order: 'asc', unmapped_type: 'long' } }];
    const response = await ask(admin, 'POST', path, { size: pageSize, query: { bool: { filter } }, sort });
    const answer = (await response.json()) as { hits?: { hits: (Hit & { readonly _index: string })[] } };
    if (!answer.hits) throw new Error(`the search was refused: ${JSON.stringify(answer).slice(0, 300)}`);
    const { hits } = answer.hits;
    for (const hit of hits) items.set(`${hit._index} ${hit._id}`, itemOf(hit));
    if (hits.length < pageSize) return [...items.values()];
    from = Number(hits.at(-1)?._source.attributes?.[numberKey]);
  }
}

function itemOf({ _id, _source }: Hit): StoredItem {
  return {
    id: _id,
    number: Number(_source.attributes?.[numberKey]),
    text: _source.body?.text ?? _source.name,
    list: _source.attributes?.[listKey],
    service: _source.resource?.attributes?.['service.name'],
    time: Number(_source['@timestamp']),
  };
}
