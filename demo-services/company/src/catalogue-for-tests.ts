import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { PrintedRecord } from './printed-records.js';
import { SERVICE_NAMES } from './service-plans.js';

const CATALOGUE = new URL('../../../docs/event-catalogue.yaml', import.meta.url);

interface Row {
  event: string;
  severity: string;
  fields: string[];
  by: string;
}

/** The rows of the catalogue that the services print themselves. */
export async function expectedOfServices(): Promise<(Row & { system: string })[]> {
  const catalogue = parse(await readFile(CATALOGUE, 'utf8'));
  const { systems } = catalogue as { systems: Record<string, Row[]> };
  return SERVICE_NAMES.flatMap((system) =>
    (systems[system] ?? []).filter(({ by }) => by === 'service').map((row) => ({ ...row, system })),
  );
}

/** `exception.*` is what the preload makes of the printed error. */
export function hasField(record: PrintedRecord, field: string): boolean {
  const { error } = record;
  const values: Record<string, unknown> = {
    ...record,
    'exception.type': error?.type,
    'exception.message': error?.message,
    'exception.stacktrace': error?.stack,
  };
  return values[field] !== undefined && values[field] !== null && values[field] !== '';
}
