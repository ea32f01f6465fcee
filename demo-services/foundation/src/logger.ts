import winston from 'winston';
import type { RecordAttributes } from './attributes.js';

export type Logger = winston.Logger;

/** What a line says beside its message: the catalogue's event, declared attributes with their types, and the error if there is one. */
export interface LoggedEvent extends RecordAttributes {
  event: string;
  error?: unknown;
}

/**
 * A logger that prints one JSON line a record on standard output: time, module (the child logger's label), level,
 * message, the trace's ids where there are some, then the record's own fields. `LOG_LEVEL` sets the level (default info).
 */
export function createLogger(): Logger {
  return winston.createLogger({
    level: process.env.LOG_LEVEL || 'info',
    format: winston.format.printf(printedLine),
    transports: [new winston.transports.Console()],
  });
}

function printedLine(info: winston.Logform.TransformableInfo): string {
  const { level, message, label, trace_id, span_id, ...fields } = info;
  const time = new Date().toISOString();
  return JSON.stringify({ time, module: label, level, message, trace_id, span_id, ...fields }, printable);
}

// JSON.stringify makes {} of an Error, and throws on a bigint.
function printable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (!(value instanceof Error)) return value;
  return { type: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
