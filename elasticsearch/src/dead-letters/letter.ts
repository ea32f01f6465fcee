import type { Refused } from './refused.js';

/** Where refused documents are kept; the collector's account may create documents there, and every role that reads logs finds them. */
export const deadLetterStream = 'logs-rejected.otel-default';

/** A document that is larger is kept as its beginning. Unit: characters. */
const longestDocument = 32_768;
const longestReason = 2_048;

/** Names by which a story is joined; kept as fields when they are plain text. */
const joiningKeys = ['order.id', 'customer.id', 'user.id', 'messaging.message.id'];

/**
 * What is stored of a document that Elasticsearch refuses: its trace, span, service and joining keys as fields, the reason, and the
 * document as text, so that nothing in it can be refused again. It was masked before it came here, all but what senders put on the
 * links of spans, which no processor of the collector can reach: that is kept neither here nor in the store (hallmark@traces.json).
 */
export function letterOf(
  { document, item }: Refused,
  now: Date,
): { readonly id: string | undefined; readonly source: object } {
  const original = parsed(document.source);
  const attributes = record(original.attributes);
  const serviceName = text(record(record(original.resource).attributes)['service.name']);
  const joined = joiningKeys.flatMap((key) =>
    text(attributes[key]) === undefined ? [] : [[key, attributes[key]] as const],
  );
  const source = {
    '@timestamp': now.toISOString(),
    event_name: 'record.rejected',
    severity_text: 'ERROR',
    severity_number: 17,
    trace_id: text(original.trace_id),
    span_id: text(original.span_id),
    body: { text: `Elasticsearch refused a record of ${document.index}: ${item.error?.type ?? item.status}` },
    data_stream: { type: 'logs', dataset: 'rejected.otel', namespace: 'default' },
    resource: { attributes: { 'service.name': serviceName ?? 'unknown' } },
    attributes: {
      ...Object.fromEntries(joined),
      'rejected.stream': document.index,
      'rejected.status': item.status,
      'error.type': item.error?.type,
      'exception.message': reasonOf(item)?.slice(0, longestReason),
      attributes_text: withoutLinkTexts(document.source, original).slice(0, longestDocument),
    },
  };
  return { id: document.id, source };
}

/** As the exporter names them (0.152.0, otelserializer/traces.go). */
const linkTexts: readonly string[] = ['attributes', 'trace_state'];

/** The document without what stands on the links of a span. One without links stays as it was written, digit by digit. */
function withoutLinkTexts(source: string, original: Readonly<Record<string, unknown>>): string {
  const { links: given } = original;
  if (given !== undefined && !(Array.isArray(given) && given.length === 0)) {
    const links = list(given).map((link) =>
      Object.fromEntries(Object.entries(record(link)).filter(([key]) => !linkTexts.includes(key))),
    );
    return JSON.stringify({ ...original, links });
  }
  // What is no JSON can't be taken apart: it ends before its links.
  const at = Object.keys(original).length === 0 ? source.indexOf('"links"') : -1;
  return at < 0 ? source : source.slice(0, at);
}

function reasonOf({ error }: Refused['item']): string | undefined {
  const cause = error?.caused_by?.reason;
  return cause === undefined ? error?.reason : `${error?.reason}: ${cause}`;
}

function parsed(source: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(source));
  } catch {
    // A document that is no JSON is refused for that; it is kept as its text.
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 1_024 ? value : undefined;
}
