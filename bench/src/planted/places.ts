import type { PlantedValue } from './values.js';

/** One OTLP record (JSON encoding) with a value in one place of it. */
export interface PlantedRecord {
  readonly place: string;
  readonly signal: 'logs' | 'traces';
  readonly resource?: Attribute[];
  readonly scope?: { name: string; attributes?: Attribute[] };
  readonly record: Record<string, unknown>;
}

export interface Attribute {
  readonly key: string;
  readonly value: unknown;
}

/** A plain value as OTLP's AnyValue. */
export function anyValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (value && typeof value === 'object')
    return { kvlistValue: { values: attributes(value as Record<string, unknown>) } };
  return { stringValue: String(value) };
}

export function attributes(values: Record<string, unknown>): Attribute[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));
}

const attribute = (values: (value: PlantedValue) => Record<string, unknown> | undefined) => (value: PlantedValue) => {
  const made = values(value);
  return made && { signal: 'logs' as const, record: { body: anyValue('order created'), attributes: attributes(made) } };
};
const spanWith = (fields: (value: PlantedValue) => Record<string, unknown>) => (value: PlantedValue) => ({
  signal: 'traces' as const,
  record: { name: 'GET /orders', kind: 2, ...fields(value) },
});

type Made = Omit<PlantedRecord, 'place'> | undefined;

/** Every place of a record that can hold a text. A place that can't hold a value (a number for a mail address) gives none. */
export const places: Record<string, (value: PlantedValue) => Made> = {
  body: ({ text }) => ({ signal: 'logs', record: { body: anyValue(`note: ${text}`) } }),
  'body, nested': ({ text }) => ({ signal: 'logs', record: { body: anyValue({ order: { notes: [text] } }) } }),
  'event name': ({ text }) => ({ signal: 'logs', record: { eventName: text, body: anyValue('x') } }),
  attribute: attribute(({ text }) => ({ note: text })),
  'attribute, nested': attribute(({ text }) => ({ order: { customer: { note: text } } })),
  'attribute, array': attribute(({ text }) => ({ notes: ['first', text] })),
  'attribute, number': attribute(({ number }) => (number === undefined ? undefined : { reference: number })),
  'attribute key': attribute(({ text }) => ({ [`seen ${text}`]: true })),
  'JSON in a string': attribute(({ text }) => ({ payload: JSON.stringify({ id: 7, note: text }) })),
  'JSON in JSON': attribute(({ text }) => ({ payload: JSON.stringify({ inner: JSON.stringify({ note: text }) }) })),
  'query string': attribute(({ text }) => ({
    'url.full': `http://shop.example/find?q=${encodeURIComponent(text)}&page=2`,
  })),
  form: attribute(({ text }) => ({ 'http.request.body': new URLSearchParams({ q: text, page: '2' }).toString() })),
  'SQL literal': attribute(({ text }) => ({
    'db.query.text': `SELECT * FROM orders WHERE note = '${text.replaceAll("'", "''")}' LIMIT 1`,
  })),
  'exception message': attribute(({ text }) => ({
    'exception.type': 'Error',
    'exception.message': `refused: ${text}`,
  })),
  'exception stack': attribute(({ text }) => ({
    'exception.stacktrace': `Error: refused: ${text}\n    at f (/app/a.js:1:2)`,
  })),
  baggage: attribute(({ text }) => ({ 'http.request.header.baggage': [`note=${encodeURIComponent(text)}`] })),
  'span name': spanWith(({ text }) => ({ name: `find ${text}` })),
  'span status': spanWith(({ text }) => ({ status: { code: 2, message: `refused: ${text}` } })),
  'span attribute': spanWith(({ text }) => ({ attributes: attributes({ note: text }) })),
  'span event name': spanWith(({ text }) => ({
    events: [{ name: `saw ${text}`, timeUnixNano: '1763688000000000000' }],
  })),
  'span event attribute': spanWith(({ text }) => ({
    events: [{ name: 'saw', timeUnixNano: '1763688000000000000', attributes: attributes({ note: text }) }],
  })),
  'link attribute': spanWith(({ text }) => ({
    links: [
      {
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        spanId: '00f067aa0ba902b7',
        attributes: attributes({ note: text }),
      },
    ],
  })),
  resource: ({ text }) => ({
    signal: 'logs',
    resource: attributes({ 'deployment.note': text }),
    record: { body: anyValue('x') },
  }),
  scope: ({ text }) => ({
    signal: 'logs',
    scope: { name: 'x', attributes: attributes({ note: text }) },
    record: { body: anyValue('x') },
  }),
};

export function plantedRecords(
  values: readonly PlantedValue[],
  where: Readonly<Record<string, (value: PlantedValue) => Made>>,
): { value: PlantedValue; planted: PlantedRecord }[] {
  return Object.entries(where).flatMap(([place, make]) =>
    values.flatMap((value) => {
      const made = make(value);
      return made ? [{ value, planted: { place, ...made } }] : [];
    }),
  );
}
