import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICE_NAMES, type ServiceName } from './service-plans.js';

export interface PrintedRecord {
  service: ServiceName;
  level: string;
  message: string;
  event?: string;
  error?: { type: string; message: string; stack: string };
  [field: string]: unknown;
}

/** What the services have printed so far, for the tests. */
export async function printedRecords(logFolder: string): Promise<PrintedRecord[]> {
  const all = await Promise.all(SERVICE_NAMES.map((service) => recordsOf(logFolder, service)));
  return all.flat();
}

async function recordsOf(logFolder: string, service: ServiceName): Promise<PrintedRecord[]> {
  const log = await readFile(join(logFolder, `${service}.log`), 'utf8');
  // A line may be half-written while it is read.
  const lines = log.split('\n').slice(0, -1);
  return lines.map((line) => ({ service, ...JSON.parse(line) }));
}
