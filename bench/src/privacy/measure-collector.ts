import { waitUntil } from '@hallmark/stack';
import type { Case } from '../planted/cases.js';
import { leaks } from '../planted/judge.js';
import { attributes, type PlantedRecord } from '../planted/places.js';
import { runCollector } from './collector.js';
import { costOfDemoRecord } from './collector-cost.js';
import { openStore } from './fake-store.js';
import { nothingYet, type Tally } from './measure-process.js';
import type { CollectorVariant } from './variants.js';

export interface CollectorResult {
  readonly title: string;
  readonly sets: readonly Tally[];
  /** CPU time for an ordinary record of the demo, as its services send it, and as services without the preload would. */
  readonly markedMicroseconds: number;
  readonly unmarkedMicroseconds: number;
}

const batchSize = 100;
const arrivalTimeoutMs = 30_000;

export async function measureCollector(
  variant: CollectorVariant,
  sets: Readonly<Record<string, readonly Case[]>>,
  mark: string,
): Promise<CollectorResult> {
  const tallies: Tally[] = [];
  for (const [title, cases] of Object.entries(sets)) tallies.push(await tallyOfCollector(title, variant, cases));
  const markedMicroseconds = await costOfDemoRecord(variant, mark);
  const unmarkedMicroseconds = await costOfDemoRecord(variant, undefined);
  return { title: variant.title, sets: tallies, markedMicroseconds, unmarkedMicroseconds };
}

export async function tallyOfCollector(
  title: string,
  variant: CollectorVariant,
  cases: readonly Case[],
): Promise<Tally> {
  return { title, ...judged(cases, await storedCases(variant, cases)) };
}

/** What is stored of each case, by its number, as the text of its documents. */
export async function storedCases(variant: CollectorVariant, cases: readonly Case[]): Promise<Map<number, string>> {
  const store = await openStore(true);
  const collector = await runCollector(variant.processors, variant.names, store.url);
  try {
    for (let from = 0; from < cases.length; from += batchSize) {
      const part = cases.slice(from, from + batchSize).map((item, i) => ({ item, number: from + i }));
      for (const signal of ['logs', 'traces'] as const) {
        await send(
          collector.otlp,
          signal,
          part
            .filter(({ item }) => item.planted.signal === signal)
            .map(({ item, number }) => request(item.planted, number)),
        );
      }
    }
    await waitUntil(async () => store.documents.length >= cases.length, { timeoutMs: arrivalTimeoutMs });
    return byCase(store.documents);
  } finally {
    await collector.stop();
    await store.close();
  }
}

function byCase(documents: readonly string[]): Map<number, string> {
  const stored = new Map<number, string>();
  for (const document of documents) {
    const number = Number(/"case\.number":(\d+)/.exec(document)?.[1] ?? Number.NaN);
    stored.set(number, `${stored.get(number) ?? ''}${document}`);
  }
  return stored;
}

function judged(cases: readonly Case[], storedOf: ReadonlyMap<number, string>) {
  const result = { ...nothingYet };
  cases.forEach(({ planted, value }, number) => {
    const stored = storedOf.get(number);
    if (value) result.planted++;
    else result.lookAlikes++;
    if (stored === undefined) result.lost++;
    else if (!value) result.harmed += stored.includes('****') ? 1 : 0;
    else if (leaks(stored, value)) {
      result.leaked++;
      if (planted.place === 'link attribute') result.leakedInLinks++;
      else if (value.byChecksumAlone) result.byChecksumAlone++;
      else if (value.limit) result.named++;
    }
  });
  return result;
}

function request({ signal, resource, scope, record }: PlantedRecord, number: number): object {
  const shared = {
    resource: { attributes: [...attributes({ 'service.name': 'bench', 'case.number': number }), ...(resource ?? [])] },
  };
  const time = '1763688000000000000';
  if (signal === 'logs')
    return {
      ...shared,
      scopeLogs: [
        { scope: scope ?? { name: 'x' }, logRecords: [{ timeUnixNano: time, observedTimeUnixNano: time, ...record }] },
      ],
    };
  const span = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    ...record,
  };
  return { ...shared, scopeSpans: [{ scope: scope ?? { name: 'x' }, spans: [span] }] };
}

async function send(otlp: string, signal: 'logs' | 'traces', resources: readonly object[]): Promise<void> {
  if (resources.length === 0) return;
  await post(
    `${otlp}/v1/${signal}`,
    JSON.stringify(signal === 'logs' ? { resourceLogs: resources } : { resourceSpans: resources }),
  );
}

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the collector answered ${answer.status}: ${await answer.text()}`);
}
