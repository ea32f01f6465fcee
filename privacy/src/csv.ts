import type { CompiledKind, Finding } from './compiled.js';
import type { KeyRules, KeyVerdict } from './key-rules.js';
import { notValues } from './labels.js';
import { isReplaced } from './replace.js';

const columnName = /^"?[\p{L}_][\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40}){0,2}"?$/u;
const longestHeader = 2_000;
const mostColumns = 200;
/** Beside a column of failures a column 'pass' counts. */
const failures = /^(?:fail(?:ed|ures?)?|skip(?:ped)?)$/i;
const passes = /^pass(?:ed)?$/i;

interface Field {
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly fields: readonly Field[];
  /** Where the next line begins. */
  readonly next: number;
}

interface Column {
  readonly name: string;
  readonly verdict: KeyVerdict & { readonly kind: CompiledKind };
}

/**
 * Values of listed columns in a text of which the first line names the columns and the others have as many fields (RFC 4180), with
 * commas, semicolons or tabs between. The last line may be cut off.
 */
export function findInCsv(text: string, keys: KeyRules, mask: string): Finding[] {
  const header = headerOf(text);
  if (!header) return [];
  const columns = columnsOf(header.names, keys);
  if (!columns.some((column) => column)) return [];
  const findings: Finding[] = [];
  for (let at = header.next; at < text.length; ) {
    const { fields, next } = lineAt(text, at, header.separator);
    const cutOff = next > text.length && at > header.next && fields.length < columns.length;
    if (fields.length !== columns.length && !cutOff) break;
    for (const [i, field] of fields.entries()) {
      const column = columns[i];
      if (column && isValue(text.slice(field.start, field.end), column, mask))
        findings.push({ ...field, kind: column.verdict.kind, rule: `column '${column.name}'` });
    }
    at = next;
  }
  return findings;
}

interface Header {
  readonly names: readonly string[];
  readonly separator: string;
  readonly next: number;
}

function headerOf(text: string): Header | undefined {
  const newline = text.indexOf('\n');
  if (newline < 3 || newline > longestHeader || newline === text.length - 1) return undefined;
  const line = text.slice(0, text[newline - 1] === '\r' ? newline - 1 : newline);
  const separator = /[,;\t]/.exec(line)?.[0];
  if (separator === undefined) return undefined;
  const names = line.split(separator, mostColumns + 1);
  if (names.length > mostColumns || !names.every((name) => columnName.test(name))) return undefined;
  return { names: names.map((name) => name.replace(/^"|"$/g, '')), separator, next: newline + 1 };
}

function columnsOf(names: readonly string[], keys: KeyRules): (Column | undefined)[] {
  const tallies = names.some((name) => failures.test(name));
  return names.map((name) => {
    const verdict = keys.of(name);
    const { kind } = verdict;
    return kind && !(tallies && passes.test(name)) ? { name, verdict: { ...verdict, kind } } : undefined;
  });
}

function isValue(raw: string, { verdict }: Column, mask: string): boolean {
  return raw !== '' && !notValues.test(raw) && !isReplaced(raw, mask) && !verdict.spared.some((form) => form.test(raw));
}

/** The fields of a line, without their quotes; a line break in quotes is a part of its field. */
function lineAt(text: string, from: number, separator: string): Line {
  const fields: Field[] = [];
  for (let at = from; ; ) {
    const quoted = text[at] === '"';
    const end = quoted ? quotedEnd(text, at + 1) : plainEnd(text, at, separator);
    fields.push({ start: quoted ? at + 1 : at, end });
    const after = quoted ? end + 1 : end;
    if (text[after] !== separator || fields.length > mostColumns) return { fields, next: afterBreak(text, after) };
    at = after + 1;
  }
}

function plainEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Two quotes in a row are one within the field. */
function quotedEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return text.length;
}

/** What stands behind the last field of a line: its break, or the end of the text, which is behind it as a line that was cut off. */
function afterBreak(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length + 1 : newline + 1;
}
