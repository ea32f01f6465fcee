import { flatten, isMap, numberOf, textOf } from '../story/attributes.js';
import { priceText } from '../story/price.js';
import type { Attributes } from '../story/story.js';
import { duration } from './durations.js';

export interface Fact {
  /** Empty where the value speaks for itself. */
  readonly label: string;
  readonly value: string;
}

type Reader = (attributes: Attributes) => Fact[];

const visit: Reader = (a) => [
  ...field(a, '', 'url.path'),
  ...field(a, 'from', 'http.request.header.referer'),
  ...field(a, 'by', 'client.address'),
];

/** The fields that matter for an event (docs/event-catalogue.yaml), in the order in which a reader wants them. */
const readers: Readonly<Record<string, Reader>> = {
  'site.entered': visit,
  'page.viewed': visit,
  'link.followed': visit,
  'order.created': (a) => [...field(a, '', 'order.status'), ...parameters(a)],
  'order.changed': (a) => [...field(a, '', 'change.field'), ...change(a, 'change.old', 'change.new')],
  'order.received': (a) => field(a, 'message', 'messaging.message.id'),
  'order.assigned': (a) => field(a, 'to', 'operator.id'),
  'order.status_changed': (a) => change(a, 'order.status.old', 'order.status.new'),
  'order.status_change_failed': (a) => change(a, 'order.status.old', 'order.status.new'),
  'calculation.started': () => [],
  'calculation.failed': () => [],
  'calculation.finished': (a) => [
    ...price(a),
    ...amount(a, 'polygons', 'model.polygons'),
    ...seconds(a, 'in', 'calculation.duration'),
  ],
  'file.processing_started': (a) => field(a, '', 'file.id'),
  'file.processing_finished': (a) => [
    ...field(a, '', 'result'),
    ...bytes(a, 'file.size'),
    ...seconds(a, 'in', 'file.processing.duration'),
    ...field(a, '', 'file.id'),
  ],
  'http.client.retry': (a) => [...request(a), ...field(a, 'attempts left', 'retry.attempts_left')],
  'http.client.retries_exhausted': (a) => request(a),
  'http.server.request': (a) => request(a),
  'message.sent': (a) => message(a),
  'message.received': (a) => message(a),
  'message.dead_lettered': (a) => message(a),
  'message.transferred': (a) => [...field(a, '', 'message.status'), ...message(a)],
  'db.query': (a) => [...field(a, '', 'db.query.text'), ...seconds(a, 'in', 'db.client.operation.duration')],
};

/** Told elsewhere on the page: in the header, by the line's place, or in full beneath the line. */
const toldElsewhere = /^(order\.id|customer\.id|code\.|exception\.|error\.|thread\.|process\.|event\.name$)/;

export function isKnownEvent(eventName: string): boolean {
  return Object.hasOwn(readers, eventName);
}

/** What the preload writes on each record: the redaction's policy and counters, and the record's id. */
const bookkeeping = /^(?:redaction(?:\.|$)|log\.record\.uid$)/;

/**
 * An event that this page does not know shows what it has.
 * @param all also the bookkeeping of the preload
 */
export function eventFacts(eventName: string, attributes: Attributes, all = false): Fact[] {
  const reader = isKnownEvent(eventName) ? readers[eventName] : undefined;
  if (reader) return reader(attributes);
  return Object.keys(attributes)
    .filter((name) => !toldElsewhere.test(name) && (all || !bookkeeping.test(name)))
    .flatMap((name) => field(attributes, name, name));
}

function field(attributes: Attributes, label: string, name: string): Fact[] {
  const value = textOf(attributes, name);
  return value === undefined ? [] : [{ label, value }];
}

function change(attributes: Attributes, from: string, to: string): Fact[] {
  const [before, after] = [textOf(attributes, from), textOf(attributes, to)];
  return before === undefined && after === undefined
    ? []
    : [{ label: '', value: `${before ?? '?'} → ${after ?? '?'}` }];
}

/** `order.parameters` is JSON in a text: `metal gold, size 17`; a text that is none is shown as it is. */
function parameters(attributes: Attributes): Fact[] {
  const text = textOf(attributes, 'order.parameters');
  if (text === undefined) return [];
  const named = flatJson(text);
  return [{ label: '', value: named ? named.map(([name, value]) => `${name} ${value}`).join(', ') : text }];
}

function flatJson(text: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? Object.entries(flatten(value)) : undefined;
  } catch {
    return undefined;
  }
}

function price(attributes: Attributes): Fact[] {
  const value = priceText(attributes);
  return value === undefined ? [] : [{ label: 'price', value }];
}

function amount(attributes: Attributes, label: string, name: string): Fact[] {
  const number = numberOf(attributes, name);
  return number === undefined ? field(attributes, label, name) : [{ label, value: number.toLocaleString('en-US') }];
}

/** Durations are in seconds, as the semantic conventions have them. */
function seconds(attributes: Attributes, label: string, name: string): Fact[] {
  const number = numberOf(attributes, name);
  return number === undefined ? field(attributes, label, name) : [{ label, value: duration(number * 1_000) }];
}

function bytes(attributes: Attributes, name: string): Fact[] {
  const number = numberOf(attributes, name);
  if (number === undefined) return field(attributes, '', name);
  if (number < 1_000) return [{ label: '', value: `${number} B` }];
  const [size, unit] = number < 999_500 ? [number / 1_000, 'kB'] : [number / 1e6, 'MB'];
  return [{ label: '', value: `${size.toFixed(size < 10 ? 1 : 0)} ${unit}` }];
}

function request(attributes: Attributes): Fact[] {
  return [
    ...field(attributes, '', 'http.request.method'),
    ...field(attributes, '', 'url.path'),
    ...field(attributes, '', 'http.response.status_code'),
  ];
}

function message(attributes: Attributes): Fact[] {
  return [
    ...field(attributes, '', 'messaging.destination.name'),
    ...field(attributes, 'message', 'messaging.message.id'),
  ];
}
