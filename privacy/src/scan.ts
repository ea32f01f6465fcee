import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Counts, count, type Redactor } from './redactor.js';
import { cleanObject } from './walk.js';

const sampleSize = 2_000;
const timeoutMs = 30_000;
const stackFile = resolve(import.meta.dirname, '../../.hallmark/stack.env');

interface Hit {
  readonly _index: string;
  readonly _source: Record<string, unknown>;
}

/** Where records are, unless the user names streams. */
export const everyStream = 'logs-*.otel-*,traces-*.otel-*';

/**
 * Samples the records that Elasticsearch stored in the last days and prints, per data stream and field, how many hold what
 * the policy masks: never the values.
 * @param streams data streams as Elasticsearch takes them: names, * and commas
 * @returns exit code: 0 nothing, 1 something was found
 * @throws when there is no Elasticsearch, with where it was looked for, or no record
 */
export async function scanStored(redactor: Redactor, days: string, streams: string): Promise<number> {
  const wanted = Number(days);
  if (!(wanted > 0)) throw new Error(`--scan takes a number of days, such as 7; it was '${days}'`);
  const hits = await sample(wanted, streams);
  if (hits.length === 0) throw new Error(`there is no record of the last ${wanted} days in ${streams}`);
  const found = new Map<string, Counts>();
  let records = 0;
  for (const { _index, _source } of hits) {
    const stream = _index.replace(/^\.ds-/, '').replace(/-\d{4}\.\d{2}\.\d{2}-\d+$/, '');
    let holds = false;
    for (const [field, value] of fieldsOf(_source)) {
      const counts = countsOf(redactor, field, value);
      for (const [kind, times] of counts) {
        const place = `${stream} ${field}`;
        const kinds = found.get(place) ?? new Map();
        count(kinds, kind, times);
        found.set(place, kinds);
        holds = true;
      }
    }
    if (holds) records++;
  }
  for (const [place, kinds] of [...found].sort()) {
    process.stdout.write(`${place}  ${[...kinds].map(([kind, times]) => `${kind} ${times}`).join(', ')}\n`);
  }
  process.stdout.write(
    `${records} of ${hits.length} sampled records of the last ${wanted} days hold something the policy masks\n`,
  );
  return records > 0 ? 1 : 0;
}

/** What the policy would mask in one field of a stored record, its name counted as 'key'. */
export function countsOf(redactor: Redactor, field: string, value: unknown): Counts {
  const counts: Counts = new Map();
  const key = field.replace(/^(?:resource\.)?attributes\./, '');
  cleanObject(redactor, { [key]: value }, counts);
  if (counts.has('key') && isMasked(redactor, key)) counts.delete('key');
  return counts;
}

/** Masked before the names around it were joined to it: 'm.****@leak.example'. What stands beside the masks holds nothing. */
function isMasked(redactor: Redactor, key: string): boolean {
  const parts = key.split(redactor.mask);
  return parts.length > 1 && parts.every((part) => redactor.text(part) === part);
}

async function sample(days: number, streams: string): Promise<Hit[]> {
  const url = new URL(elasticsearchUrl());
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (url.username)
    headers.authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
  url.username = '';
  url.password = '';
  const query = {
    size: sampleSize,
    query: {
      function_score: { query: { range: { '@timestamp': { gte: `now-${Math.ceil(days * 24)}h` } } }, random_score: {} },
    },
  };
  const place = `${url.origin}/${streams}/_search?ignore_unavailable=true`;
  const answer = await fetch(place, {
    method: 'POST',
    headers,
    body: JSON.stringify(query),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Error(`Elasticsearch does not answer at ${url.origin}: ${(error as Error).message}`);
  });
  if (!answer.ok) throw new Error(`Elasticsearch at ${url.origin} answered ${answer.status} to the search`);
  const { hits } = (await answer.json()) as { hits: { hits: Hit[] } };
  return hits.hits;
}

function elasticsearchUrl(): string {
  const stored = existsSync(stackFile)
    ? /^ELASTICSEARCH_URL=(.*)$/m.exec(readFileSync(stackFile, 'utf8'))?.[1]
    : undefined;
  const url = process.env.ELASTICSEARCH_URL ?? stored;
  if (!url) throw new Error("no Elasticsearch is known: start one ('npm run stack') or set ELASTICSEARCH_URL");
  return url;
}

/** The leaves of a document that can hold text, with dotted names; values of attributes stay whole. */
function* fieldsOf(source: Record<string, unknown>, before = ''): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(source)) {
    const name = before ? `${before}.${key}` : key;
    if (value && typeof value === 'object' && !Array.isArray(value))
      yield* fieldsOf(value as Record<string, unknown>, name);
    else yield [name, value];
  }
}
