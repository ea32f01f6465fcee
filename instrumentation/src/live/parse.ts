import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Ask, type AskedValues, askedFields, isAskedField, toAsk, wrongTogether, wrongValue } from './ask.js';

/** The place and the cause of a fault, ready to be said. */
export class WrongAsk extends Error {}

/**
 * Reads an ask from YAML or JSON.
 *
 * @returns undefined for a text that asks for nothing at all (empty, or comments only)
 * @throws WrongAsk with line and column
 */
export function parseAsk(text: string): Ask | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const wrong = (offset: number, what: string) => {
    const { line, col } = lines.linePos(offset);
    return new WrongAsk(`line ${line}, column ${col}: ${what}`);
  };
  const [error] = document.errors;
  if (error) throw wrong(error.pos[0], error.message);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined;
  if (!isMap(contents)) throw wrong(contents.range?.[0] ?? 0, `not a list of ${askedFields.join(', ')}`);
  const values: AskedValues = {};
  for (const { key, value } of contents.items) {
    const keyAt = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const name = isScalar(key) ? key.value : undefined;
    if (!isAskedField(name)) throw wrong(keyAt, `${String(name).slice(0, 40)} is none of ${askedFields.join(', ')}`);
    const given = isScalar(value) ? value.value : null;
    const problem = wrongValue(name, given);
    if (problem) throw wrong(isScalar(value) ? (value.range?.[0] ?? keyAt) : keyAt, problem);
    values[name] = given;
  }
  const problem = wrongTogether(values);
  if (problem) throw wrong(contents.range?.[0] ?? 0, problem);
  return toAsk(values);
}
