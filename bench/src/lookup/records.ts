import { type Random, randomFrom } from '../planted/random.js';

export const services = ['internet-shop', 'shop-api', 'crm-api', 'mes-api', '3d-file-storage'];
/** An order is told by so many of each, over all services. */
export const recordsPerOrder = 200;
export const spansPerOrder = 40;
const tracesPerOrder = 4;
const spansPerTrace = spansPerOrder / tracesPerOrder;
const recordsPerSpan = recordsPerOrder / spansPerOrder;
const windowMs = 30 * 86_400_000;

/** Some lines are no events. */
const events = ['order.status_changed', 'http.server.request', 'db.query', 'message.sent', 'calculation.finished', ''];
const subjects = [
  'order',
  'customer',
  'price',
  'model',
  'queue',
  'kiln',
  'ring',
  'stone',
  'setting',
  'delivery',
  'mesh',
  'session',
];
const verbs = [
  'accepted',
  'calculated',
  'stored',
  'sent',
  'received',
  'confirmed',
  'assigned',
  'read',
  'checked',
  'updated',
  'retried',
];
const endings = [
  'at once',
  'after a retry',
  'by the operator',
  'for the seller',
  'in the background',
  'without a change',
  'from the cache',
];
/** One record in 20,000 says it: what support looks for is rare. */
const rare = 'the kiln overheated while the mesh was open';
const rareOneIn = 20_000;

export interface Stored {
  readonly stream: string;
  readonly source: object;
}

export function orderNumber(index: number): string {
  return `ORD-${index.toString(36).toUpperCase().padStart(10, '0')}`;
}

/** The spans and records of one order, as the collector stores them; the same for the same seed. Orders are spread evenly over 30 days. */
export function* orderDocuments(seed: number, index: number, orders: number, endMs: number): Generator<Stored> {
  const random = randomFrom(seed * 1_000_003 + index);
  const beganMs = endMs - windowMs + Math.floor((windowMs * index) / orders);
  const attributes = { 'order.id': orderNumber(index), 'customer.id': `c-${random.int(orders)}` };
  for (let step = 0; step < tracesPerOrder; step += 1) {
    const trace = hex(random, 32);
    const spanIds = Array.from({ length: spansPerTrace }, () => hex(random, 16));
    for (const [place, spanId] of spanIds.entries()) {
      const service = services[place % services.length] ?? 'shop-api';
      const atMs = beganMs + step * 600_000 + place * 12;
      const failed = random.int(500) === 0;
      const base = { trace_id: trace, resource: resourceOf(service), scope: { name: 'bench' } };
      yield {
        stream: `traces-${service.replaceAll('-', '_')}.otel-default`,
        source: {
          ...base,
          '@timestamp': `${atMs}.0`,
          span_id: spanId,
          ...(place > 0 && { parent_span_id: spanIds[Math.floor((place - 1) / 2)] }),
          name: `POST /${random.pick(subjects)}s`,
          kind: place % 2 === 0 ? 'Server' : 'Client',
          duration: (200 - place * 12 + random.int(20)) * 1_000_000,
          attributes: { ...attributes, 'http.request.method': 'POST', 'http.response.status_code': failed ? 500 : 200 },
          status: failed ? { code: 'Error', message: 'failed' } : {},
        },
      };
      for (let line = 0; line < recordsPerSpan; line += 1)
        yield recordOf(random, service, base, spanId, atMs + line, attributes);
    }
  }
}

function recordOf(
  random: Random,
  service: string,
  base: object,
  spanId: string,
  atMs: number,
  attributes: object,
): Stored {
  const level = random.int(100);
  const [severity, number] = level === 0 ? ['ERROR', 17] : level < 4 ? ['WARN', 13] : ['INFO', 9];
  const event = random.pick(events);
  const told = `${random.pick(subjects)} ${random.int(100_000)} ${random.pick(verbs)} ${random.pick(endings)}`;
  return {
    stream: `logs-${service.replaceAll('-', '_')}.otel-default`,
    source: {
      ...base,
      '@timestamp': `${atMs}.${random.int(1_000_000)}`,
      observed_timestamp: `${atMs}.0`,
      span_id: spanId,
      severity_text: severity,
      severity_number: number,
      ...(event && { event_name: event }),
      body: { text: random.int(rareOneIn) === 0 ? rare : told },
      attributes: { ...attributes, 'code.namespace': random.pick(subjects) },
    },
  };
}

function resourceOf(service: string): object {
  return { attributes: { 'service.name': service, 'service.version': '1.4.2', 'host.name': `${service}-1` } };
}

function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length)
    text += random
      .int(2 ** 28)
      .toString(16)
      .padStart(7, '0');
  return text.slice(0, length);
}
