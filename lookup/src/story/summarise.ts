import { textOf } from './attributes.js';
import * as names from './names.js';
import { priceText } from './price.js';
import type { Entry, Gap, RecordEntry, SpanEntry, Story } from './story.js';

export interface ServiceSummary {
  readonly name: string;
  readonly spans: number;
  readonly records: number;
  /** Spans with the status error and records of severity ERROR and above. */
  readonly errors: number;
}

export interface MessageSummary {
  /** `messaging.message.id`; absent where the message has none. */
  readonly id?: string;
  readonly destination: string;
  readonly sentBy: readonly string[];
  readonly receivedBy: readonly string[];
}

export interface StatementSummary {
  readonly service: string;
  readonly operation: string;
  readonly text: string;
  readonly durationMs: number;
  readonly failed: boolean;
}

export interface StatusChange {
  readonly time: string;
  readonly service: string;
  readonly from: string;
  readonly to: string;
}

export interface StorySummary {
  readonly verdict: Story['verdict'];
  /** Whose story it is: every `order.id` in it. */
  readonly orders: readonly string[];
  /** The last `customer.id`; where there is none, the last `user.id`. */
  readonly customer?: string;
  /** The status that the latest `order.status_changed` (or `order.created`) gave. */
  readonly status?: string;
  /** The last `order.price`: two decimals where it was written as a number. */
  readonly price?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly spans: number;
  readonly records: number;
  readonly services: readonly ServiceSummary[];
  readonly messages: readonly MessageSummary[];
  readonly statements: readonly StatementSummary[];
  readonly statusChanges: readonly StatusChange[];
  /** The statuses that the order went through, `['created', 'calculating', 'priced']`; empty where none changed. */
  readonly statusPath: readonly string[];
  readonly gaps: readonly Gap[];
}

/** What a story has in it, counted from its own entries: for a header, and for a program that must know whether it is whole. */
export function summarise(story: Story): StorySummary {
  const entries = story.traces.flatMap((trace) => trace.entries).sort((a, b) => a.timeMs - b.timeMs);
  const spans = entries.filter((entry) => entry.type === 'span');
  const records = entries.filter((entry) => entry.type === 'record');
  const statusChanges = records.filter((record) => record.eventName === 'order.status_changed').map(statusChange);
  const whoIn = (name: string) => last(entries, (entry) => textOf(entry.attributes, name));
  const customer = whoIn(names.customerId) ?? whoIn(names.userId);
  const status = statusChanges.at(-1)?.to ?? last(records, (record) => textOf(record.attributes, 'order.status'));
  const price = last(records, (record) => priceText(record.attributes));
  return {
    verdict: story.verdict,
    orders: ordersOf(story),
    ...(customer !== undefined && { customer }),
    ...(status !== undefined && { status }),
    ...(price !== undefined && { price }),
    startMs: story.traces[0]?.startMs ?? 0,
    endMs: story.traces.reduce((latest, trace) => Math.max(latest, trace.endMs), 0),
    spans: spans.length,
    records: records.length,
    services: services(entries),
    messages: messages(entries),
    statements: statements(spans, records),
    statusChanges,
    statusPath: pathOf(statusChanges),
    gaps: story.gaps,
  };
}

/** Every order that a story names. */
export function ordersOf(story: Story): string[] {
  const entries = story.traces.flatMap((trace) => trace.entries);
  return [...new Set(entries.flatMap((entry) => textOf(entry.attributes, names.orderId) ?? []))];
}

/** How many spans and records a story has. */
export function countOf(story: Story): number {
  return story.traces.reduce((sum, trace) => sum + trace.entries.length, 0);
}

function last<T>(items: readonly T[], read: (item: T) => string | undefined): string | undefined {
  return items.reduce<string | undefined>((found, item) => read(item) ?? found, undefined);
}

function services(entries: readonly Entry[]): ServiceSummary[] {
  return [...Map.groupBy(entries, (entry) => entry.service)].map(([name, own]) => ({
    name,
    spans: own.filter((entry) => entry.type === 'span').length,
    records: own.filter((entry) => entry.type === 'record').length,
    errors: own.filter(isError).length,
  }));
}

/** A span that failed, or a record of severity ERROR and above (17 in the OpenTelemetry logs data model). */
export function isError(entry: Entry): boolean {
  return entry.type === 'span' ? entry.status === 'error' : entry.severityNumber >= 17;
}

/** A message is what was sent under one id; its two ends are joined by that id, whether spans or records tell of them. */
function messages(entries: readonly Entry[]): MessageSummary[] {
  const ends = entries.flatMap((entry) => {
    const end = messageEnd(entry);
    const id = textOf(entry.attributes, ...names.messageId);
    if (end === undefined || (id === undefined && entry.type === 'record')) return [];
    return [{ end, id, key: id ?? (entry.type === 'span' ? entry.spanId : ''), entry }];
  });
  return [...Map.groupBy(ends, ({ key }) => key).values()].map((own) => {
    const id = own[0]?.id;
    const by = (end: 'sent' | 'received') => [
      ...new Set(own.filter((each) => each.end === end).map((each) => each.entry.service)),
    ];
    const destination = own.map(({ entry }) => textOf(entry.attributes, 'messaging.destination.name')).find(Boolean);
    const fallback = own.map(({ entry }) => textOf(entry.attributes, ...names.messageDestination)).find(Boolean);
    return {
      ...(id !== undefined && { id }),
      destination: destination ?? fallback ?? '',
      sentBy: by('sent'),
      receivedBy: by('received'),
    };
  });
}

function messageEnd(entry: Entry): 'sent' | 'received' | undefined {
  if (entry.type === 'span') {
    return entry.kind === 'producer' ? 'sent' : entry.kind === 'consumer' ? 'received' : undefined;
  }
  return entry.eventName === 'message.sent' ? 'sent' : entry.eventName === 'message.received' ? 'received' : undefined;
}

/** Spans that carry a statement, and the `db.query` records whose span is not there. */
function statements(spans: readonly SpanEntry[], records: readonly RecordEntry[]): StatementSummary[] {
  const asked = spans.filter((span) => textOf(span.attributes, ...names.databaseText) !== undefined);
  const spanIds = new Set(asked.map((span) => span.spanId));
  const alone = records.filter(
    (record) =>
      (record.eventName === 'db.query' || record.eventName === 'db.query_failed') && !spanIds.has(record.spanId ?? ''),
  );
  return [...asked, ...alone].map((entry) => ({
    service: entry.service,
    operation: textOf(entry.attributes, ...names.databaseOperation) ?? '',
    text: textOf(entry.attributes, ...names.databaseText) ?? '',
    durationMs:
      entry.type === 'span' ? entry.durationMs : Number(entry.attributes['db.client.operation.duration'] ?? 0) * 1_000,
    failed: isError(entry),
  }));
}

function statusChange(record: RecordEntry): StatusChange {
  return {
    time: record.time,
    service: record.service,
    from: textOf(record.attributes, 'order.status.old') ?? '',
    to: textOf(record.attributes, 'order.status.new') ?? '',
  };
}

/**
 * Each service tells of a change in its own books, some of them late: what counts is who told it first. A change that happens
 * again (a new price after a change of mind) is told again by the same service.
 */
function pathOf(changes: readonly StatusChange[]): string[] {
  const path: string[] = [];
  const toldByService = new Map<string, number>();
  const happened = new Map<string, number>();
  for (const { service, from, to } of changes) {
    const change = `${from} → ${to}`;
    const times = (toldByService.get(`${service}: ${change}`) ?? 0) + 1;
    toldByService.set(`${service}: ${change}`, times);
    if (times <= (happened.get(change) ?? 0)) continue;
    happened.set(change, times);
    if (path.at(-1) === to) continue;
    if (path.at(-1) !== from) path.push(from);
    path.push(to);
  }
  return path;
}
