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

const row = z
  .strictObject({
    event: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'must be words with dots between them'),
    severity: z.union([severity, z.array(severity)]).transform((value) => [value].flat()),
    fields: z.array(z.string().min(1)).default([]),
    by: z.enum(['service', 'preload', 'system']).default('service'),
    trace: z.boolean().optional(),
    from: z.array(z.string()).optional(),
    note: z.string().optional(),
  })
  .transform(({ event, severity, fields, by, trace }) => ({
    event,
    severity,
    fields,
    by,
    trace: trace ?? by !== 'system',
  }));

/** The field of `identity` by which a catalogue asks for the module on each line of a service. */
const MODULE = 'attributes.code.namespace';

const catalogue = z.object({
  identity: z.array(z.looseObject({ field: z.string() })).default([]),
  systems: z.record(z.string(), z.array(row).min(1, 'holds no row')),
});

/** What must be found: an event of a system, its possible severities, and the fields that a reader must find on it. */
export interface Row extends z.infer<typeof row> {
  system: string;
  /** True where it is no failure when it is not found. */
  mayWait: boolean;
}

/** A catalogue that can't be read; the message is one line: which file, which place in it, what would be right. */
export class WrongCatalogue extends Error {
  override name = 'WrongCatalogue';
}

/** The rows of a catalogue. Throws a `WrongCatalogue`. */
export function readCatalogue(file = CATALOGUE_FILE): Row[] {
  const result = catalogue.safeParse(contentOf(file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new WrongCatalogue(`${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const { identity, systems } = result.data;
  const identityOf = (by: string) =>
    by === 'service' && identity.some(({ field }) => field === MODULE) ? ['code.namespace'] : [];
  const rows = Object.entries(systems).flatMap(([system, own]) =>
    own.map((each) => ({
      ...each,
      fields: [...identityOf(each.by), ...each.fields],
      system,
      mayWait: MAY_WAIT.includes(system),
    })),
  );
  if (rows.length === 0) throw new WrongCatalogue(`${file}: systems: names no system`);
  return rows;
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // What is wrong with YAML is told in several lines, the first of which says it and where.
    const [first = ''] = String((error as Error).message).split('\n');
    throw new WrongCatalogue(`${file}: ${first.replace(/:$/, '')}`);
  }
}
