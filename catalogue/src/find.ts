import type { connect } from '@hallmark/lookup';
import { EVERY_SERVICE, type Row } from './catalogue.js';
import { type Finding, judge, type StoredRecord } from './judge.js';

/** How many of a row's records are looked into; all are counted. */
const LOOKED_INTO = 5_000;

type Client = ReturnType<typeof connect>;

/** Looks for a row's records since that time, and judges them. */
export async function findRow(client: Client, row: Row, since: Date): Promise<Finding> {
  const answer = await client.search<StoredRecord>({
    index: 'logs-*.otel-*',
    ignore_unavailable: true,
    size: LOOKED_INTO,
    track_total_hits: true,
    query: { bool: { filter: [...conditions(row), { range: { '@timestamp': { gte: since.toISOString() } } }] } },
    sort: [{ '@timestamp': 'asc' }],
  });
  const { total, hits } = answer.hits;
  const count = typeof total === 'object' ? total.value : hits.length;
  return judge(
    row,
    count,
    hits.flatMap(({ _source }) => (_source ? [_source] : [])),
  );
}

/** Looks for every row, one after the other. */
export async function findRows(client: Client, rows: readonly Row[], since: Date): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const row of rows) findings.push(await findRow(client, row, since));
  return findings;
}

function conditions({ system, event, by }: Row): object[] {
  const events = { term: { event_name: event } };
  if (system === EVERY_SERVICE || system === 'log-store') return [events];
  // What the preload tells of a statement is told by the service that asked.
  if (system === 'postgresql' && by === 'preload') return [events, { term: { 'attributes.db.system.name': system } }];
  return [events, { term: { 'resource.attributes.service.name': system } }];
}
