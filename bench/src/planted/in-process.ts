import { type RedactableLogRecord, type RedactableSpan, type Redactor, TelemetryRedactor } from '@hallmark/privacy';
import type { Attribute, PlantedRecord } from './places.js';

/** What a record is after the redaction of the preload, as one JSON text. */
export function throughProcess(redactor: Redactor, { signal, record, resource, scope }: PlantedRecord): string {
  const telemetry = new TelemetryRedactor(redactor);
  const shared = {
    resource: { attributes: plainAttributes(resource) },
    instrumentationScope: { name: scope?.name ?? '', attributes: plainAttributes(scope?.attributes) },
  };
  if (signal === 'logs') {
    const log: RedactableLogRecord = {
      body: plain(record.body),
      eventName: record.eventName as string,
      attributes: plainAttributes(record.attributes),
      ...shared,
    };
    telemetry.redactLogRecord(log);
    return JSON.stringify(log);
  }
  const span: RedactableSpan = {
    name: String(record.name),
    attributes: plainAttributes(record.attributes),
    status: (record.status ?? { code: 0 }) as RedactableSpan['status'],
    events: ((record.events ?? []) as { name: string; attributes?: Attribute[] }[]).map((event) => ({
      name: event.name,
      attributes: plainAttributes(event.attributes),
    })),
    links: ((record.links ?? []) as { attributes?: Attribute[] }[]).map((link) => ({
      attributes: plainAttributes(link.attributes),
    })),
    ...shared,
  };
  telemetry.redactSpan(span);
  return JSON.stringify(span);
}

function plainAttributes(list: unknown): Record<string, unknown> {
  return Object.fromEntries(((list ?? []) as Attribute[]).map(({ key, value }) => [key, plain(value)]));
}

function plain(value: unknown): unknown {
  const any = (value ?? {}) as {
    stringValue?: string;
    intValue?: string;
    doubleValue?: number;
    boolValue?: boolean;
    arrayValue?: { values: unknown[] };
    kvlistValue?: { values: Attribute[] };
  };
  if (any.intValue !== undefined) return Number(any.intValue);
  if (any.arrayValue) return any.arrayValue.values.map(plain);
  if (any.kvlistValue) return plainAttributes(any.kvlistValue.values);
  return any.stringValue ?? any.doubleValue ?? any.boolValue;
}
