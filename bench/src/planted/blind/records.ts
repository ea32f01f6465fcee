import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Case } from '../cases.js';
import type { PlantedRecord } from '../places.js';

const file = new URL('../../../fixtures/blind.jsonl.gz', import.meta.url);

/** A line of the file: a record, and what must not be stored of it. Without a secret it is an ordinary one. */
interface Line extends PlantedRecord {
  readonly kind?: string;
  /** What the value is, for people: 'IBAN GB spaced'. */
  readonly value?: string;
  readonly secret?: string;
  readonly byChecksumAlone?: true;
  /** docs/privacy.md names it as what can't be told: in the collector, or in the process as well. */
  readonly limit?: 'collector' | 'both';
}

/**
 * The set that was written by one who saw the policy and docs/privacy.md, and none of the rules: 148 values in 227 places, and 611
 * lines of other software. A third of it, as records.
 */
export function blindCases(): Case[] {
  return gunzipSync(readFileSync(file)).toString().trim().split('\n').map(caseOf);
}

function caseOf(line: string): Case {
  const { kind = '', value = '', secret, byChecksumAlone, limit, ...planted } = JSON.parse(line) as Line;
  if (secret === undefined) return { planted };
  return {
    planted,
    value: { kind, text: secret, secret, ...(byChecksumAlone && { byChecksumAlone }), ...(limit && { limit }) },
  };
}
