import * as names from '../story/names.js';

/**
 * What a field's value is: `id` an exact text, `path` the beginning of one, `words` words of a text, `duration` in
 * milliseconds unless it has a unit, `level` a severity, `status` an HTTP status or that of a span.
 */
export type FieldKind = 'id' | 'path' | 'words' | 'duration' | 'level' | 'status';

export interface Field {
  readonly kind: FieldKind;
  /** Where it stands in a stored document; any of these. */
  readonly paths: readonly string[];
  readonly help: string;
}

const attribute = (...list: readonly string[]) => list.map((name) => `attributes.${name}`);
const resource = (...list: readonly string[]) => list.map((name) => `resource.attributes.${name}`);

/** The friendly names of the search language, in the order in which the help lists them. */
export const fields = {
  service: { kind: 'id', paths: resource('service.name'), help: 'the system that wrote it' },
  level: { kind: 'level', paths: ['severity_number'], help: 'debug, info, warn, error, fatal; also level>=warn' },
  message: { kind: 'words', paths: ['body.text'], help: "words of a record's message" },
  event: { kind: 'id', paths: ['event_name'], help: 'order.created, calculation.failed …' },
  error: { kind: 'id', paths: attribute('exception.type', 'error.type'), help: "an exception's type" },
  order: { kind: 'id', paths: attribute(names.orderId), help: "an order's number" },
  customer: { kind: 'id', paths: attribute(names.customerId), help: "a customer's id" },
  user: { kind: 'id', paths: attribute(names.userId), help: "a user's id" },
  file: { kind: 'id', paths: attribute('file.id'), help: "a file's id" },
  msgid: { kind: 'id', paths: attribute(...names.messageId), help: "a queue message's id" },
  queue: { kind: 'id', paths: attribute(...names.messageDestination), help: 'a queue' },
  trace: { kind: 'id', paths: ['trace_id'], help: 'a trace id' },
  span: { kind: 'id', paths: ['span_id'], help: 'a span id' },
  name: { kind: 'id', paths: ['name'], help: "a span's name" },
  status: {
    kind: 'status',
    paths: attribute(...names.httpStatus),
    help: 'an HTTP status (status>=500), or error, ok (a span that did not fail) or unset (nobody set one)',
  },
  method: { kind: 'id', paths: attribute(...names.httpMethod), help: 'an HTTP method' },
  url: { kind: 'path', paths: attribute(...names.httpPath), help: 'what a path or route begins with' },
  duration: { kind: 'duration', paths: ['duration'], help: 'of a span, in ms; also duration>2s, duration<1m' },
  host: { kind: 'id', paths: resource('host.name'), help: 'the machine' },
  version: { kind: 'id', paths: resource('service.version'), help: "the service's version" },
  module: { kind: 'id', paths: attribute('code.namespace'), help: 'the module inside the service' },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

/** Names that people may know a field by. */
const aliases: Readonly<Record<string, FieldName>> = { severity: 'level', route: 'url', path: 'url' };

export function fieldNamed(text: string): FieldName | undefined {
  const name = text.toLowerCase();
  if (Object.hasOwn(fields, name)) return name as FieldName;
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** The lowest severity number of each level; OpenTelemetry logs data model, "Severity Fields". */
export const levels = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 } as const;
export type Level = keyof typeof levels;
