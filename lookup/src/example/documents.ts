/**
 * Documents for tests in the shape that elasticsearchexporter 0.152 writes in its otel mapping mode
 * (internal/serializer/otelserializer/logs.go and traces.go), so that tests read what a collector would have stored.
 */
export interface StoredExample {
  readonly stream: string;
  readonly source: Record<string, unknown>;
}

interface Place {
  readonly service: string;
  /** Milliseconds after `exampleStartMs`. */
  readonly at: number;
  readonly trace?: string;
  readonly attributes?: Record<string, unknown>;
}

/** 2026-11-21 01:40:12.104 UTC. */
export const exampleStartMs = Date.UTC(2026, 10, 21, 1, 40, 12, 104);

export function traceIdOf(number: number): string {
  return number.toString(16).padStart(32, 'a');
}

export function spanIdOf(name: string): string {
  return Buffer.from(name.padEnd(8, '.').slice(0, 8)).toString('hex');
}

export function storedSpan(
  place: Place & {
    readonly id: string;
    readonly parent?: string;
    readonly name?: string;
    readonly kind?: 'Internal' | 'Server' | 'Client' | 'Producer' | 'Consumer';
    readonly tookMs?: number;
    readonly error?: string;
    readonly links?: readonly { readonly trace: string; readonly id: string }[];
  },
): StoredExample {
  return {
    stream: `traces-${place.service.replaceAll('-', '_')}.otel-default`,
    source: {
      ...common(place),
      span_id: spanIdOf(place.id),
      ...(place.parent !== undefined && { parent_span_id: spanIdOf(place.parent) }),
      name: place.name ?? place.id,
      kind: place.kind ?? 'Internal',
      duration: Math.round((place.tookMs ?? 1) * 1e6),
      links: (place.links ?? []).map(({ trace, id }) => ({ trace_id: trace, span_id: spanIdOf(id) })),
      status: place.error === undefined ? {} : { message: place.error, code: 'Error' },
    },
  };
}

export function storedRecord(
  place: Place & {
    readonly span?: string;
    readonly event?: string;
    readonly severity?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
    readonly body?: string;
  },
): StoredExample {
  const severity = place.severity ?? 'INFO';
  const { data_stream: _, ...shared } = common(place);
  return {
    stream: `logs-${place.service.replaceAll('-', '_')}.otel-default`,
    source: {
      ...shared,
      observed_timestamp: shared['@timestamp'],
      severity_text: severity,
      severity_number: { DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 }[severity],
      ...(place.span !== undefined && { span_id: spanIdOf(place.span) }),
      ...(place.event !== undefined && { event_name: place.event }),
      body: { text: place.body ?? place.event?.replaceAll(/[._]/g, ' ') ?? '' },
    },
  };
}

function common(place: Place): Record<string, unknown> {
  return {
    '@timestamp': exporterTime(exampleStartMs + place.at),
    data_stream: undefined,
    ...(place.trace !== undefined && { trace_id: place.trace }),
    ...(place.attributes && { attributes: place.attributes }),
    resource: { attributes: { 'service.name': place.service, 'service.version': '1.0.0' } },
    scope: { name: 'example' },
  };
}

/** `<ms>.<ns>`, the nanoseconds without leading zeros, as the exporter's writeTimestampField has it. */
function exporterTime(timeMs: number): string {
  const wholeMs = Math.floor(timeMs);
  return `${wholeMs}.${Math.round((timeMs - wholeMs) * 1e6)}`;
}
