import winston from 'winston';
import type { RecordAttributes } from './attributes.js';

export type Logger = winston.Logger;

/** What a line says beside its message: the catalogue's event, declared attributes with their types, and the error if there is one. */
export interface LoggedEvent extends RecordAttributes {
  event: string;
  error?: unknown;
}

/** D4 of the catalogue. The file, and as many before it. */
const FILE_BYTES = 10 * 1024 * 1024;
const KEPT_FILES = 5;

/**
 * A logger that prints one JSON line a record on standard output: time, module (the child logger's label), level,
 * message, the trace's ids where there are some, then the record's own fields. `LOG_LEVEL` sets the level (default info). With
 * `LOG_FILE` the lines go to that file instead; one of 10 MB is renamed (`shop1.log` is the newest), and five are kept.
 */
export function createLogger({ LOG_LEVEL, LOG_FILE }: NodeJS.ProcessEnv = process.env, fileBytes = FILE_BYTES): Logger {
  const toFile = (filename: string) =>
    new winston.transports.File({ filename, maxsize: fileBytes, maxFiles: KEPT_FILES, tailable: true });
  return winston.createLogger({
    level: LOG_LEVEL || 'info',
    format: winston.format.printf(printedLine),
    transports: [LOG_FILE ? toFile(LOG_FILE) : new winston.transports.Console()],
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
