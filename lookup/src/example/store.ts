import type { StoredExample } from './documents.js';

/** Writes documents as the collector would, and makes them searchable at once. */
export async function store(elasticsearchUrl: string, examples: readonly StoredExample[]): Promise<void> {
  const { origin, username, password } = new URL(elasticsearchUrl);
  const lines = examples.flatMap(({ stream, source }) => [{ create: { _index: stream } }, source]);
  const response = await fetch(`${origin}/_bulk?refresh=true`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
    },
    body: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
  });
  const answer = (await response.json()) as { errors?: boolean; items?: { create: { error?: unknown } }[] };
  if (!response.ok || answer.errors !== false) {
    const refused = answer.items?.find(({ create }) => create.error)?.create.error;
    throw new Error(`Elasticsearch did not take the examples: ${JSON.stringify(refused ?? answer).slice(0, 500)}`);
  }
}
