import { setTimeout as pause } from 'node:timers/promises';

/** A stored document as Elasticsearch returns it. */
export interface StoredDocument {
  readonly _id: string;
  readonly _index: string;
  readonly _ignored?: readonly string[];
  readonly _source: {
    readonly '@timestamp': string;
    readonly trace_id?: string;
    readonly span_id?: string;
    readonly name?: string;
    readonly event_name?: string;
    readonly severity_text?: string;
    readonly body?: { readonly text?: string };
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly resource: { readonly attributes: Readonly<Record<string, unknown>> };
    readonly scope?: {
      readonly name?: string;
      readonly version?: string;
      readonly attributes?: Readonly<Record<string, unknown>>;
    };
    readonly data_stream: { readonly dataset: string; readonly namespace: string };
    readonly status?: { readonly message?: string };
    readonly duration?: number;
  };
}

const everyStream = 'logs-*.otel-*,traces-*.otel-*';
const pollMs = 200;
const longestWaitMs = 30_000;

/** One request with the credentials of the URL. */
export async function ask(
  url: string,
  method: string,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { origin, username, password } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${username}:${decodeURIComponent(password)}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json', ...more };
  return fetch(origin + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

/** Documents that match, in no order, up to 10,000. */
export async function search(url: string, query: object, index = everyStream): Promise<StoredDocument[]> {
  const path = `/${index}/_search?ignore_unavailable=true`;
  const endsAt = Date.now() + longestWaitMs;
  for (;;) {
    const response = await ask(url, 'POST', path, { size: 10_000, query });
    const answer = (await response.json()) as { hits?: { hits: StoredDocument[] } };
    if (answer.hits) return answer.hits.hits;
    // The shard of a stream that was made just now does not answer yet.
    if (response.status !== 503 || Date.now() > endsAt)
      throw new Error(`the search was refused: ${JSON.stringify(answer)}`);
    await pause(pollMs);
  }
}

/** Waits until `count` documents match, and returns them; fails with what was there instead. */
export async function stored(url: string, query: object, count: number): Promise<StoredDocument[]> {
  const endsAt = Date.now() + longestWaitMs;
  for (;;) {
    const found = await search(url, query).catch((error: unknown) => String(error));
    if (found.length === count && typeof found !== 'string') return found;
    if (Date.now() > endsAt || (typeof found !== 'string' && found.length > count)) {
      const instead = typeof found === 'string' ? found : `${found.length} documents`;
      throw new Error(`${instead} instead of ${count} documents for ${JSON.stringify(query)}`);
    }
    await pause(pollMs);
  }
}

/** Query: the documents of one trace. */
export function ofTrace(traceId: string): object {
  return { term: { trace_id: traceId } };
}
