import { SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace';
import { failureOf, pick } from './failure.js';
import type { SpanRecord } from './from-spans.js';
import { maskQuotedValues } from './quoted-values.js';
import { maskLiterals, operationName } from './sql.js';

/** The statement under its stable and its former name. */
const STATEMENTS = ['db.query.text', 'db.statement'] as const;
const QUERY_FIELDS = [
  'db.system.name',
  'db.namespace',
  'db.operation.name',
  'db.query.text',
  'server.address',
  'server.port',
];
const FORMER_NAMES: Readonly<Record<string, string>> = {
  'db.system': 'db.system.name',
  'db.name': 'db.namespace',
  'db.statement': 'db.query.text',
};
/** PostgreSQL's and Node's own codes, as the pg instrumentation puts them into the text of its exception event. */
const ERROR_CODE = /\(code: (\w+)\)/;

export function isDatabaseSpan({ attributes }: Pick<ReadableSpan, 'attributes'>): boolean {
  return attributes['db.system.name'] !== undefined || attributes['db.system'] !== undefined;
}

/** Takes values out of a statement, and out of what the server says of it, before the span is exported. */
export function maskDatabaseSpan(span: Span): void {
  maskStatement(span);
  if (span.status.code !== SpanStatusCode.ERROR) return;
  if (span.status.message) span.setStatus({ ...span.status, message: maskQuotedValues(span.status.message) });
  for (const { attributes } of span.events) {
    const message = attributes?.['exception.message'];
    if (attributes === undefined || typeof message !== 'string') continue;
    const masked = maskQuotedValues(message);
    attributes['exception.message'] = masked;
    const stack = attributes['exception.stacktrace'];
    if (typeof stack === 'string') attributes['exception.stacktrace'] = stack.replaceAll(message, () => masked);
  }
}

/** Parameters are never on a statement; its literals are masked. */
function maskStatement(span: Span): void {
  for (const name of STATEMENTS) {
    const statement = span.attributes[name];
    if (typeof statement !== 'string') continue;
    if (span.attributes['db.operation.name'] === undefined)
      span.setAttribute('db.operation.name', operationName(statement));
    const masked = maskLiterals(statement);
    if (masked !== statement) span.setAttribute(name, masked);
  }
}

/** `db.query` for each statement, `db.query_failed` for what failed: a statement, a connection, a pool that gave none. */
export function databaseRecord(span: ReadableSpan): readonly SpanRecord[] {
  const failed = span.status.code === SpanStatusCode.ERROR;
  const operation = span.attributes['db.operation.name'] ?? (/connect/i.test(span.name) ? 'CONNECT' : span.name);
  if (!failed && operation === 'CONNECT') return [];
  const durationS = hrTimeToMilliseconds(span.duration) / 1000;
  const attributes = pick(span.attributes, QUERY_FIELDS);
  for (const former in FORMER_NAMES) {
    const value = span.attributes[former];
    if (value !== undefined) attributes[FORMER_NAMES[former] as string] ??= String(value);
  }
  attributes['db.operation.name'] = operation;
  attributes['db.client.operation.duration'] = durationS;
  attributes['db.status'] = failed ? 'error' : 'ok';
  const line = `${String(operation)} ${String(attributes['db.namespace'] ?? '')}`.trim();
  const common = { time: span.endTime, attributes };
  if (!failed)
    return [
      { ...common, kind: 'db.query', severity: 'INFO', message: `${line} in ${Math.round(durationS * 1000)} ms` },
    ];
  const { type, message = 'the statement failed' } = failureOf(span);
  const code = ERROR_CODE.exec(message)?.[1] ?? span.attributes['db.response.status_code'];
  const known = code !== undefined && code !== 'UNKNOWN';
  return [
    {
      ...common,
      kind: 'db.query_failed',
      severity: 'ERROR',
      message: `${line} failed: ${span.status.message ?? message}`,
      attributes: {
        ...attributes,
        ...(known && { 'db.response.status_code': String(code) }),
        'error.type': String((known ? code : type) ?? 'Error'),
        'exception.message': span.status.message ?? message,
      },
    },
  ];
}
