import { readFileSync } from 'node:fs';
import type { Sample } from './material.js';

/** What the kinds of the policy are called in the data of presidio-research, the public set of sentences with marked spans. */
const kindOfEntity: Readonly<Record<string, string>> = {
  CREDIT_CARD: 'card',
  PHONE_NUMBER: 'phone',
  EMAIL_ADDRESS: 'email',
  IBAN_CODE: 'bank',
  US_SSN: 'tax_number',
  US_ITIN: 'tax_number',
  UK_NINO: 'tax_number',
  US_PASSPORT: 'passport',
  STREET_ADDRESS: 'address',
};

interface MarkedText {
  readonly full_text: string;
  readonly spans: readonly { entity_type: string; start_position: number; end_position: number }[];
}

/**
 * Personal lines of the reader's own, told apart by the argument:
 *   card=cards.txt   one value a line, all of one kind of the policy
 *   sentences.json   the format of presidio-research: a list of {full_text, spans}; entities that are no kind of the policy are left out
 *   lines.tsv        kind<TAB>line<TAB>value
 * @throws an error that names file and line
 */
export function personalFrom(argument: string): Sample[] {
  const [, kind, valueFile] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(argument) ?? [];
  if (kind && valueFile) return linesOf(valueFile).map(({ text }) => whole(kind, text));
  if (argument.endsWith('.json')) return markedTexts(argument);
  return linesOf(argument).map(({ text: line, number }) => {
    const [lineKind, text, value] = line.split('\t');
    const start = value ? (text?.indexOf(value) ?? -1) : -1;
    if (!lineKind || !text || !value || start < 0)
      throw new Error(`${argument}:${number}: wanted 'kind<TAB>line<TAB>value', the value in the line`);
    return { text, personal: [{ kind: lineKind, start, end: start + value.length }] };
  });
}

/** Lines of a log that hold nothing personal, such as those of the Loghub collection. */
export function ordinaryFrom(file: string): Sample[] {
  return linesOf(file).map(({ text }) => ({ text, personal: [] }));
}

function whole(kind: string, text: string): Sample {
  const before = 'customer wrote: ';
  return { text: `${before}${text}`, personal: [{ kind, start: before.length, end: before.length + text.length }] };
}

function markedTexts(file: string): Sample[] {
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) throw new Error(`${file}: wanted a list of {full_text, spans}`);
  return list.map((item: Partial<MarkedText> | null, i) => {
    const { full_text: text, spans } = item ?? {};
    if (typeof text !== 'string' || !Array.isArray(spans))
      throw new Error(`${file}: item ${i + 1} has no full_text with spans`);
    const personal = spans.flatMap(({ entity_type, start_position: start, end_position: end }) => {
      const kind = kindOfEntity[entity_type];
      return kind ? [{ kind, start, end }] : [];
    });
    return { text, personal };
  });
}

function linesOf(file: string): { text: string; number: number }[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((text, i) => ({ text, number: i + 1 }))
    .filter(({ text }) => text.trim() !== '');
}
