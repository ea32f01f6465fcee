/** The log store as the tests read it back: always Elasticsearch itself, never memory. */
export interface StoredDocument {
  readonly index: string;
  readonly '@timestamp': string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly parent_span_id?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly event_name?: string;
  readonly severity_text?: string;
  readonly body?: { readonly text?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
}

interface Hit {
  readonly _index: string;
  readonly _source: Omit<StoredDocument, 'index'>;
}

export interface Store {
  /** Every stored log record that matches, up to 10,000. */
  logs(query: object): Promise<StoredDocument[]>;
  /** Every stored span that matches, up to 10,000. */
  spans(query: object): Promise<StoredDocument[]>;
}

const largestAnswer = 10_000;

/** @param url Elasticsearch with an account that may read, `http://name:password@host:port`. */
export function storeAt(url: string): Store {
  async function search(index: string, query: object): Promise<StoredDocument[]> {
    const body = { size: largestAnswer, query, sort: [{ '@timestamp': 'asc' }] };
    const { hits } = await ask<{ hits: { hits: Hit[] } }>(url, `/${index}/_search?ignore_unavailable=true`, body);
    return hits.hits.map((hit) => ({ ...hit._source, index: hit._index }));
  }
  return {
    logs: (query) => search('logs-*.otel-*', query),
    spans: (query) => search('traces-*.otel-*', query),
  };
}

/** Posts to Elasticsearch as the account in the URL. Throws with its answer unless that is 2xx. */
export async function ask<T>(url: string, path: string, body: object): Promise<T> {
  const { origin, username, password } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${username}:${decodeURIComponent(password)}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`Elasticsearch answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Query: every document of these traces. */
export function ofTraces(...traceIds: readonly string[]): object {
  return { terms: { trace_id: traceIds } };
}

/** Query: every document that carries this order's number itself. */
export function ofOrder(orderId: string): object {
  return { term: { 'attributes.order.id': orderId } };
}

export function serviceOf(document: StoredDocument): string {
  return String(document.resource.attributes['service.name']);
}
