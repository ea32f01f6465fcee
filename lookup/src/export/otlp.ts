import type { Attributes, AttributeValue, Entry, RecordEntry, SpanEntry, Story } from '../story/story.js';

type Placed<E extends Entry> = { readonly traceId: string | null; readonly entry: E };

/**
 * A story in the OTLP file format (OpenTelemetry specification, "OpenTelemetry Protocol File Exporter"): a line of OTLP/JSON with
 * its spans, and one with its records, where it has such. Times are those that were written, without corrections of clocks.
 */
export function* storyOtlp(story: Story): Generator<string> {
  const placed = story.traces.flatMap(({ traceId, entries }) => entries.map((entry) => ({ traceId, entry })));
  const spans = placed.filter((each): each is Placed<SpanEntry> => each.entry.type === 'span');
  const records = placed.filter((each): each is Placed<RecordEntry> => each.entry.type === 'record');
  if (spans.length > 0) yield line({ resourceSpans: byResource(story, spans, 'scopeSpans', 'spans', otlpSpan) });
  if (records.length > 0)
    yield line({ resourceLogs: byResource(story, records, 'scopeLogs', 'logRecords', otlpRecord) });
}

function line(request: object): string {
  return `${JSON.stringify(request)}\n`;
}

function byResource<E extends Entry>(
  story: Story,
  placed: readonly Placed<E>[],
  scopesKey: string,
  itemsKey: string,
  write: (each: Placed<E>) => object,
): object[] {
  return [...Map.groupBy(placed, ({ entry }) => entry.resource)].map(([resource, own]) => ({
    resource: { attributes: keyValues(story.resources[resource] ?? {}) },
    [scopesKey]: [...Map.groupBy(own, ({ entry }) => entry.scope)].map(([scope, items]) => ({
      scope: scope === undefined ? {} : { name: scope },
      [itemsKey]: items.map(write),
    })),
  }));
}

const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const statuses = { unset: 0, ok: 1, error: 2 } as const;

function otlpSpan({ traceId, entry }: Placed<SpanEntry>): object {
  const startMs = writtenMs(entry);
  return {
    ...(traceId !== null && { traceId }),
    spanId: entry.spanId,
    ...(entry.parentSpanId !== undefined && { parentSpanId: entry.parentSpanId }),
    name: entry.name,
    kind: kinds[entry.kind],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(startMs + entry.durationMs),
    attributes: keyValues(entry.attributes),
    links: entry.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    status: {
      code: statuses[entry.status],
      ...(entry.statusMessage !== undefined && { message: entry.statusMessage }),
    },
  };
}

function otlpRecord({ traceId, entry }: Placed<RecordEntry>): object {
  return {
    timeUnixNano: nanoseconds(writtenMs(entry)),
    severityNumber: entry.severityNumber,
    ...(entry.severity !== '' && { severityText: entry.severity }),
    ...(entry.eventName !== undefined && { eventName: entry.eventName }),
    body: { stringValue: entry.body },
    attributes: keyValues(entry.attributes),
    ...(traceId !== null && { traceId }),
    ...(entry.spanId !== undefined && { spanId: entry.spanId }),
  };
}

function writtenMs(entry: Entry): number {
  return entry.timeMs - (entry.correctedMs ?? 0);
}

/** A decimal text, as OTLP/JSON has 64-bit numbers. A time in ms as a double is right to a quarter of a microsecond. */
function nanoseconds(ms: number): string {
  const wholeMs = Math.floor(ms);
  return String(BigInt(wholeMs) * 1_000_000n + BigInt(Math.round((ms - wholeMs) * 1e6)));
}

function keyValues(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: AttributeValue | unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return value === null || value === undefined ? {} : { stringValue: JSON.stringify(value) };
}
