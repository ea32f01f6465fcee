import { flatten, isMap, textOf } from '../story/attributes.js';
import type { Attributes, RecordEntry, SpanEntry, SpanLink } from '../story/story.js';
import { epochMs } from '../story/times.js';

/** A search hit as far as the story needs it. */
export interface Hit {
  readonly _index: string;
  readonly _id?: string | undefined;
  readonly _source?: unknown;
  readonly sort?: readonly unknown[] | undefined;
}

type Document<E> = Omit<E, 'time' | 'depth' | 'resource' | 'orphan' | 'otherOrder'> & {
  readonly traceId?: string;
  readonly resource: Attributes;
};
export type SpanDocument = Document<SpanEntry>;
export type RecordDocument = Document<RecordEntry>;
export type StoredDocument = SpanDocument | RecordDocument;

/** The name of a document by which it can be had whole. */
export function documentId({ _index, _id }: Hit): string {
  return `${_index}/${_id}`;
}

/** Reads a hit in the shape that the collector's Elasticsearch exporter writes in its otel mapping mode. */
export function readDocument(hit: Hit): StoredDocument {
  const source = isMap(hit._source) ? hit._source : {};
  const resource = flatten(isMap(source.resource) ? source.resource.attributes : {});
  const scope = isMap(source.scope) ? text(source.scope.name) : undefined;
  const written = epochMs(source['@timestamp']);
  const shared = {
    timeMs: Number.isNaN(written) ? epochMs(hit.sort?.[0]) : written,
    service: textOf(resource, 'service.name') ?? 'unknown',
    resource,
    ...(scope !== undefined && { scope }),
    ...(text(source.trace_id) !== undefined && { traceId: text(source.trace_id) as string }),
    attributes: flatten(source.attributes),
  };
  // A span is what has a kind and a duration: a span event is stored as a log record, with its span's id.
  return hit._index.includes('traces-') && source.duration !== undefined
    ? { type: 'span', ...shared, ...readSpan(source, hit) }
    : { type: 'record', ...shared, ...readRecord(source) };
}

function readSpan(source: Record<string, unknown>, hit: Hit) {
  const status = isMap(source.status) ? source.status : {};
  const parentSpanId = text(source.parent_span_id);
  const statusMessage = text(status.message);
  return {
    // A span without an id cannot be a parent; it still needs a name of its own.
    spanId: text(source.span_id) ?? `none-${hit._id}`,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name: text(source.name) ?? '(no name)',
    kind: spanKind(source.kind),
    durationMs: Math.max(0, Number(source.duration) / 1e6 || 0),
    status: spanStatus(status.code),
    ...(statusMessage !== undefined && { statusMessage }),
    links: readLinks(source.links),
  };
}

function readRecord(source: Record<string, unknown>) {
  const spanId = text(source.span_id);
  const eventName = text(source.event_name);
  const severityNumber = Number(source.severity_number ?? 0) || 0;
  return {
    ...(spanId !== undefined && { spanId }),
    severity: text(source.severity_text)?.toUpperCase() ?? severityName(severityNumber),
    severityNumber,
    ...(eventName !== undefined && { eventName }),
    body: bodyText(source.body),
  };
}

function bodyText(body: unknown): string {
  if (!isMap(body)) return text(body) ?? '';
  const { text: plain, structured } = body;
  if (plain !== undefined && plain !== null) return typeof plain === 'string' ? plain : JSON.stringify(plain);
  return structured === undefined ? '' : JSON.stringify(structured);
}

function readLinks(links: unknown): SpanLink[] {
  const list = Array.isArray(links) ? links : isMap(links) ? [links] : [];
  return list.filter(isMap).flatMap((link) => {
    const traceId = text(link.trace_id);
    return traceId === undefined ? [] : [{ traceId, spanId: text(link.span_id) ?? '' }];
  });
}

function spanKind(kind: unknown): SpanEntry['kind'] {
  const lower = String(kind ?? '').toLowerCase();
  return lower === 'server' || lower === 'client' || lower === 'producer' || lower === 'consumer' ? lower : 'internal';
}

function spanStatus(code: unknown): SpanEntry['status'] {
  const lower = String(code ?? '').toLowerCase();
  return lower === 'ok' || lower === 'error' ? lower : 'unset';
}

/** The short name of a severity number's range; OpenTelemetry logs data model, "Displaying Severity". */
function severityName(severityNumber: number): string {
  if (severityNumber < 1) return '';
  return ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][Math.min(5, Math.floor((severityNumber - 1) / 4))] ?? '';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
