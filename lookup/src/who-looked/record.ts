import { randomUUID } from 'node:crypto';
import { hostname, networkInterfaces, userInfo } from 'node:os';

/** Through which door somebody looked, and from where. */
export interface Looker {
  readonly renderer: 'command' | 'page';
  /** Address of the one who asked: the browser's for the page; this machine's unless told. */
  readonly address?: string;
}

/** One look-up, as it is remembered. */
export interface Look {
  readonly kind: 'story' | 'search' | 'tail' | 'tail-end' | 'services' | 'record';
  /** In the words of the one who asked, empty for everything; it is redacted on its way like everything else. */
  readonly asked: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Orders that the answer is about. */
  readonly orders: readonly string[];
  /** Spans and records that came back. */
  readonly count: number;
}

/** What is kept of the orders of one look-up; more have no room in a field of the store. */
const mostOrders = 200;

/** The service.name by which the collector knows a look-up's records, and stores them in the namespace `audit`. */
export const serviceName = 'lookup';

/**
 * An OTLP/JSON request with one log record: `access.granted` or `access.denied` with the fields of the event catalogue
 * (docs/event-catalogue.yaml, log-store) and what was asked.
 */
export function lookRequest(user: string, looker: Looker, look: Look, granted: boolean): object {
  const [eventName, severityNumber, severityText] = granted
    ? ['access.granted', 9, 'INFO']
    : ['access.denied', 13, 'WARN'];
  const attributes = {
    'log.record.uid': randomUUID(),
    'user.name': user,
    'client.address': looker.address ?? ownAddress(),
    'http.request.method': 'POST',
    'url.path': '/_search',
    'process.owner': userInfo().username,
    'lookup.door': looker.renderer,
    'lookup.kind': look.kind,
    ...(look.asked !== '' && { 'lookup.asked': look.asked }),
    ...(look.from !== undefined && { 'lookup.from': look.from }),
    ...(look.to !== undefined && { 'lookup.to': look.to }),
    'lookup.count': look.count,
    ...(look.orders.length > 0 && { 'order.id': look.orders.slice(0, mostOrders) }),
    'lookup.orders': look.orders.length,
  };
  const record = {
    timeUnixNano: `${BigInt(Date.now()) * 1_000_000n}`,
    severityNumber,
    severityText,
    eventName,
    body: { stringValue: `${user} ${granted ? 'looked up' : 'was refused'} ${look.asked || 'everything'}` },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
  };
  const resource = { 'service.name': serviceName, 'host.name': hostname() };
  return {
    resourceLogs: [
      {
        resource: { attributes: Object.entries(resource).map(([key, value]) => ({ key, value: anyValue(value) })) },
        scopeLogs: [{ scope: { name: '@hallmark/lookup' }, logRecords: [record] }],
      },
    ],
  };
}

/**
 * The machine's address, by which others know it; loopback where it has no other. Not its name: the collector masks that in a record
 * with anything that looks personal, such as the 16 digits of a span's id. The name is in the resource.
 */
export function ownAddress(): string {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .sort((a, b) => a.family.localeCompare(b.family));
  return outside[0]?.address ?? '127.0.0.1';
}

function anyValue(value: string | number | readonly string[]): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { intValue: String(value) };
  return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
}
