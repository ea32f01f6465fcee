import type { Row } from './catalogue.js';

/** A log record as Elasticsearch has it. */
export interface StoredRecord {
  '@timestamp': string;
  event_name?: string;
  severity_text?: string;
  trace_id?: string;
  span_id?: string;
  body?: { text?: string };
  attributes?: Record<string, unknown>;
  resource?: { attributes?: Record<string, unknown> };
}

export interface Finding {
  row: Row;
  /** How many records there are. */
  count: number;
  /** True where there are some, with a severity of the row's, and one of them has every field. */
  found: boolean;
  /** Fields that no record has, or no record has together with the others. */
  missing: string[];
  /** Severities that the row does not allow. */
  severities: string[];
  /** The command that shows an example. */
  example: string | undefined;
}

/** What every record has; what happens in a request or message has its trace too. */
const IDENTITY = ['body.text', 'severity_text'];
const TRACE = ['trace_id', 'span_id'];

/** Compares a row with the records that were found for it; `count` may be more than were looked into. */
export function judge(row: Row, count: number, records: readonly StoredRecord[]): Finding {
  const fields = [...IDENTITY, ...(row.trace ? TRACE : []), ...row.fields];
  const lacking = records.map((record) => fields.filter((field) => fieldOf(record, field) === undefined));
  const whole = records.find((_, index) => lacking[index]?.length === 0);
  const missing = whole ? [] : (lacking.toSorted((a, b) => a.length - b.length)[0] ?? []);
  const seen = new Set(records.flatMap(({ severity_text: severity }) => severity ?? []));
  const severities = [...seen].filter((severity) => !row.severity.some((allowed) => allowed === severity));
  return {
    row,
    count,
    found: whole !== undefined && severities.length === 0,
    missing,
    severities,
    example: exampleOf(whole ?? records[0]),
  };
}

function fieldOf(record: StoredRecord, field: string): unknown {
  const { attributes, resource, body, severity_text, trace_id, span_id } = record;
  const own: Record<string, unknown> = { 'body.text': body?.text, severity_text, trace_id, span_id };
  return own[field] ?? attributes?.[field] ?? resource?.attributes?.[field];
}

/** The command that shows a record, or the story that it belongs to. */
export function exampleOf(record: StoredRecord | undefined): string | undefined {
  if (!record) return undefined;
  const { attributes = {}, trace_id: traceId } = record;
  const orderId = attributes['order.id'];
  if (typeof orderId === 'string') return `npm run lookup -- order ${orderId}`;
  if (traceId) return `npm run lookup -- trace ${traceId}`;
  return `npm run lookup -- search '${record.body?.text?.replaceAll("'", ' ') ?? record.event_name}'`;
}
