import { collectorRules } from './collector/emulate.js';
import type { Redactor } from './redactor.js';
import type { Policy } from './schema.js';
import { redactRecord } from './telemetry.js';

/** Prints what becomes of a text at both places. Returns 1 when something was masked, else 0. */
export function showText(redactor: Redactor, policy: Policy, text: string): number {
  const clean = redactor.text(text);
  const rules = redactor.explain(text).map(({ kind, rule }) => `${kind}: ${rule}`);
  const { json, applied } = collectorRules(policy, JSON.stringify({ text }));
  print('in the process', clean, rules);
  print(
    'in the collector',
    textOf(json),
    applied.map(({ rule, times }) => (times > 1 ? `${rule} (${times}×)` : rule)),
  );
  return clean === text && applied.length === 0 ? 0 : 1;
}

/** The same for records: one JSON value, or one a line. */
export function showRecord(redactor: Redactor, policy: Policy, content: string, file: string): number {
  let found = 0;
  const records = recordsOf(content, file);
  if (records.length === 0)
    throw new Error(
      `${file}: ${content.trim() === '' ? 'the file is empty' : 'there is no record in it'}; it must hold one record as JSON, or one a line`,
    );
  for (const record of records) {
    const { record: clean, counts } = redactRecord(redactor, record);
    const { json, applied } = collectorRules(policy, JSON.stringify(record));
    print(
      'in the process',
      JSON.stringify(clean, undefined, 2),
      [...counts].map(([kind, times]) => `${kind} (${times}×)`),
    );
    print(
      'in the collector',
      json,
      applied.map(({ rule, times }) => `${rule} (${times}×)`),
    );
    if (counts.size > 0 || applied.length > 0) found = 1;
  }
  return found;
}

function recordsOf(content: string, file: string): object[] {
  const whole = parsed(content);
  if (whole) return Array.isArray(whole) ? whole : [whole];
  return content
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const record = parsed(line);
      if (!record) throw new Error(`${file}:${i + 1}: not a JSON object`);
      return record;
    });
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(json: string): string {
  return (parsed(json) as { text?: string } | undefined)?.text ?? json;
}

function print(place: string, result: string, rules: readonly string[]): void {
  process.stdout.write(`${place}:\n  ${result}\n  ${rules.length > 0 ? rules.join('; ') : 'nothing personal'}\n`);
}
