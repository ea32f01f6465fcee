import { randomBytes } from 'node:crypto';

/** What an attribute may hold, as a service would write it; a `bigint` goes as an integer of 64 bits. */
export type Value = string | number | bigint | boolean | readonly Value[] | { readonly [key: string]: Value };
/** Attributes; as a list of pairs, a key may stand twice. */
export type Attributes = Readonly<Record<string, Value>> | readonly (readonly [string, Value])[];

export interface Sender {
  readonly resource: Attributes;
  readonly scope?: { readonly name?: string; readonly version?: string; readonly attributes?: Attributes };
}

export interface LogRecord {
  readonly body?: Value;
  readonly eventName?: string;
  readonly severityText?: string;
  readonly attributes?: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Nanoseconds since 1970; default: now. */
  readonly timeUnixNano?: string;
}

export interface SpanEvent {
  readonly name: string;
  readonly attributes?: Attributes;
  /** Nanoseconds since 1970; default: now. */
  readonly timeUnixNano?: string;
}

export interface Span {
  readonly traceId: string;
  readonly name: string;
  readonly spanId?: string;
  readonly attributes?: Attributes;
  readonly statusMessage?: string;
  readonly traceState?: string;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly events?: readonly SpanEvent[];
  readonly links?: readonly SpanLink[];
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState?: string;
  readonly attributes?: Attributes;
}

/** Sends log records of one sender over OTLP/HTTP. @returns the HTTP status of the collector's answer */
export function sendLogs(
  endpoint: string,
  sender: Sender,
  records: readonly LogRecord[],
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const logRecords = records.map((record) => ({
    timeUnixNano: nowUnixNano(),
    severityText: 'INFO',
    severityNumber: 9,
    ...record,
    ...(record.body !== undefined && { body: anyValue(record.body) }),
    attributes: keyValues(record.attributes ?? {}),
  }));
  const scopeLogs = [{ scope: scopeOf(sender), logRecords }];
  return post(`${endpoint}/v1/logs`, { resourceLogs: [{ resource: resourceOf(sender), scopeLogs }] }, headers);
}

/** Sends spans of one sender over OTLP/HTTP. @returns the HTTP status of the collector's answer */
export function sendSpans(endpoint: string, sender: Sender, spans: readonly Span[]): Promise<number> {
  const encoded = spans.map(({ statusMessage, attributes, events, links, ...span }) => ({
    spanId: newSpanId(),
    kind: 2,
    startTimeUnixNano: nowUnixNano(),
    endTimeUnixNano: nowUnixNano(),
    ...span,
    status: statusMessage === undefined ? {} : { code: 2, message: statusMessage },
    attributes: keyValues(attributes ?? {}),
    events: events?.map((event) => ({
      timeUnixNano: nowUnixNano(),
      ...event,
      attributes: keyValues(event.attributes ?? {}),
    })),
    links: links?.map((link) => ({ ...link, attributes: keyValues(link.attributes ?? {}) })),
  }));
  const scopeSpans = [{ scope: scopeOf(sender), spans: encoded }];
  return post(`${endpoint}/v1/traces`, { resourceSpans: [{ resource: resourceOf(sender), scopeSpans }] });
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

function nowUnixNano(): string {
  return `${Date.now()}000000`;
}

/** An account in the URL goes as Basic authentication. */
async function post(address: string, body: object, more: Readonly<Record<string, string>> = {}): Promise<number> {
  const { origin, pathname, username, password } = new URL(address);
  const url = `${origin}${pathname}`;
  const account = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = {
    'content-type': 'application/json',
    ...(username && { authorization: `Basic ${account}` }),
    ...more,
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
}

function resourceOf({ resource }: Sender): object {
  return { attributes: keyValues(resource) };
}

function scopeOf({ scope }: Sender): object {
  return { ...scope, attributes: keyValues(scope?.attributes ?? {}) };
}

function keyValues(attributes: Attributes): object[] {
  const pairs = isPairs(attributes) ? attributes : Object.entries(attributes);
  return pairs.map(([key, value]) => ({ key, value: anyValue(value) }));
}

function isPairs(attributes: Attributes): attributes is readonly (readonly [string, Value])[] {
  return Array.isArray(attributes);
}

function anyValue(value: Value): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isInteger(value)) return { intValue: String(value) };
  if (typeof value === 'number') return { doubleValue: Number.isFinite(value) ? value : String(value) };
  if (isList(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: keyValues(value) } };
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
