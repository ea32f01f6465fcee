import { type Stored, services } from './records.js';

const documentsPerRequest = 4_000;
const requestsAtOnce = 2;
const progressEveryMs = 5_000;

/** Asks Elasticsearch as the account in the URL. Throws with the beginning of its answer unless that is 2xx. */
export async function ask(url: string, method: string, path: string, body?: string): Promise<unknown> {
  const { origin, username, password } = new URL(url);
  const response = await fetch(origin + path, {
    method,
    headers: {
      'content-type': path.endsWith('_bulk') ? 'application/x-ndjson' : 'application/json',
      authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Elasticsearch answered ${response.status} to ${path}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Stores documents by bulk requests, without refreshes in between, and makes them searchable at the end. One shard a stream and no
 * replica, as the templates have it on one node; segments are left as they came.
 */
export async function load(
  url: string,
  documents: Iterable<Stored>,
  total: number,
  say: (line: string) => void,
): Promise<void> {
  const streams = services.flatMap((service) =>
    ['logs', 'traces'].map((kind) => `${kind}-${service.replaceAll('-', '_')}.otel-default`),
  );
  const beganMs = Date.now();
  let stored = 0;
  let saidMs = beganMs;
  const waiting = batches(documents);
  const send = async () => {
    for (let batch = waiting.next(); !batch.done; batch = waiting.next()) {
      const answer = (await ask(url, 'POST', '/_bulk?filter_path=errors', batch.value.body)) as { errors: boolean };
      if (answer.errors) throw new Error('Elasticsearch refused documents of the bench');
      const isFirst = stored === 0;
      stored += batch.value.count;
      if (isFirst) await setRefresh(url, streams, '-1');
      if (Date.now() - saidMs < progressEveryMs) continue;
      saidMs = Date.now();
      const perSecond = Math.round(stored / ((saidMs - beganMs) / 1_000));
      say(`stored ${stored.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}, ${perSecond} a second`);
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, send));
  await setRefresh(url, streams, '1s');
  await ask(url, 'POST', `/${streams.join(',')}/_refresh`);
  await ask(url, 'POST', `/${streams.join(',')}/_flush`);
}

function setRefresh(url: string, streams: readonly string[], interval: string): Promise<unknown> {
  return ask(
    url,
    'PUT',
    `/${streams.join(',')}/_settings?ignore_unavailable=true`,
    JSON.stringify({ index: { refresh_interval: interval } }),
  );
}

function* batches(documents: Iterable<Stored>): Generator<{ body: string; count: number }> {
  let lines: string[] = [];
  for (const { stream, source } of documents) {
    lines.push(`{"create":{"_index":"${stream}"}}`, JSON.stringify(source));
    if (lines.length >= documentsPerRequest * 2) {
      yield { body: `${lines.join('\n')}\n`, count: lines.length / 2 };
      lines = [];
    }
  }
  if (lines.length > 0) yield { body: `${lines.join('\n')}\n`, count: lines.length / 2 };
}
