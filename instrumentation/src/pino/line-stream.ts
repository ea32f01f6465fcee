import { Writable } from 'node:stream';
import { type AnyValue, context, type SeverityNumber, trace } from '@opentelemetry/api';
import { bagOfContext } from '../context/bag.js';
import type { RecordWriter } from '../records/record-writer.js';
import { limits } from '../settings/limits.js';
import { guarded } from '../talk/stderr.js';
import { cutText, newBudget, toAnyValue } from '../winston/values.js';

/** Fields with a place of their own on the record, or that the resource has. */
const NO_ATTRIBUTES = new Set([
  'level',
  'time',
  'pid',
  'hostname',
  'name',
  'event',
  'trace_id',
  'span_id',
  'trace_flags',
]);
const SCOPE = { name: '@opentelemetry/instrumentation-pino' };
const TEXTS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
const PINO_LEVELS_APART = 10;

/** pino's levels are 10 (trace) to 60 (fatal); one between two of them is a step above the lower. */
function severityOf(level: number): { severityNumber: SeverityNumber; severityText: string } {
  const place = Math.min(Math.max(Math.floor(level / PINO_LEVELS_APART) - 1, 0), TEXTS.length - 1);
  const above = Math.floor(((level % PINO_LEVELS_APART) * 4) / PINO_LEVELS_APART);
  return { severityNumber: 1 + place * 4 + above, severityText: TEXTS[place] ?? 'INFO' };
}

/**
 * Takes the lines that a pino logger prints, after its serializers and its own redaction, and sends them. Runs inside the log
 * call, so that the context is the call's.
 */
export class LineStream extends Writable {
  /** Set by pino before each line, since the stream asks for it. */
  lastLevel = 30;
  readonly #messageKey: string;
  readonly #errorKey: string;
  readonly #writer: RecordWriter;

  constructor(writer: RecordWriter, messageKey: string, errorKey: string) {
    super({ decodeStrings: false });
    Object.defineProperty(this, Symbol.for('pino.metadata'), { value: true });
    this.#writer = writer;
    this.#messageKey = messageKey;
    this.#errorKey = errorKey;
  }

  override _write(line: string | Buffer, _encoding: string, done: () => void): void {
    guarded('pino', () => this.#send(String(line)));
    done();
  }

  #send(line: string): void {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const { event, name } = fields;
    const message = fields[this.#messageKey];
    const attributes = this.#attributesOf(fields);
    if (typeof name === 'string') attributes['code.namespace'] = cutText(name, limits.contextValueChars);
    const active = context.active();
    this.#writer.write({
      scope: SCOPE,
      ...severityOf(this.lastLevel),
      body: message === undefined ? '' : cutText(textOf(message), limits.messageChars),
      eventName: typeof event === 'string' ? cutText(event, limits.contextValueChars) : undefined,
      attributes,
      span: trace.getSpan(active),
      context: active,
    });
  }

  #attributesOf(fields: Record<string, unknown>): Record<string, AnyValue> {
    const attributes: Record<string, AnyValue> = {};
    const budget = newBudget();
    let count = 0;
    for (const [key, value] of Object.entries(fields)) {
      if (NO_ATTRIBUTES.has(key) || key === this.#messageKey) continue;
      if (key === this.#errorKey && isSerializedError(value)) {
        Object.assign(attributes, exceptionOf(value));
        continue;
      }
      // What is beyond the limit is only counted, as the record's dropped attributes.
      const converted = count < limits.recordAttributes ? toAnyValue(value, budget) : true;
      if (converted === undefined) continue;
      budget.left -= key.length;
      attributes[cutText(key, limits.contextValueChars)] = converted;
      count += 1;
    }
    return attributes;
  }
}

interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

function isSerializedError(value: unknown): value is SerializedError {
  const { type, message, stack } = (value ?? {}) as Partial<SerializedError>;
  return typeof type === 'string' && typeof message === 'string' && typeof stack === 'string';
}

function exceptionOf({ type, message, stack }: SerializedError): Record<string, AnyValue> {
  const bag = bagOfContext(context.active());
  // Says why an answer is 5xx, as an error that winston logs does.
  if (bag) bag.lastError = { type, message: cutText(message, limits.attributeChars) };
  return {
    'exception.type': cutText(type, limits.contextValueChars),
    'exception.message': cutText(message, limits.attributeChars),
    'exception.stacktrace': cutText(stack, limits.stackChars),
  };
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
