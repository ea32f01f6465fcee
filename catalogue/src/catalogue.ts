import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './attributes.js';

/** The list of what the company asked for. */
export const CATALOGUE_FILE = `${ROOT}docs/event-catalogue.yaml`;

/** Not a system of the catalogue: what holds for each of its services. */
export const EVERY_SERVICE = 'every-service';

/** Rows of these systems may be missing: nobody watches them yet. */
const MAY_WAIT = ['log-store'];

const severity = z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

const row = z.object({
  event: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'must be words with dots between them'),
  severity: z.union([severity, z.array(severity)]).transform((value) => [value].flat()),
  fields: z.array(z.string().min(1)).default([]),
  by: z.enum(['service', 'preload', 'system']).default('service'),
});

const catalogue = z.object({ systems: z.record(z.string(), z.array(row)) });

/** What must be found: an event of a system, its possible severities, and the fields that a reader must find on it. */
export interface Row extends z.infer<typeof row> {
  system: string;
  /** True where it is no failure when it is not found. */
  mayWait: boolean;
}

/** The rows of a catalogue. Throws one line that names the file and the place where it is wrong. */
export function readCatalogue(file = CATALOGUE_FILE): Row[] {
  const result = catalogue.safeParse(parse(readFileSync(file, 'utf8')));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  return Object.entries(result.data.systems).flatMap(([system, rows]) =>
    rows.map((each) => ({ ...each, system, mayWait: MAY_WAIT.includes(system) })),
  );
}
