import { type Context, context, isSpanContextValid, trace } from '@opentelemetry/api';
import { bagOfContext } from '../context/bag.js';
import { guarded } from '../talk/stderr.js';
import { exceptionAttributes } from './exception.js';
import { type Info, LEVEL, toRecord } from './record.js';
import { severityOf } from './severity.js';
import { WinstonTransport } from './transport.js';

interface Target {
  readonly level?: string;
  readonly silent?: boolean;
  readonly handleExceptions?: boolean;
  readonly handleRejections?: boolean;
}

/** What the hook touches of winston's Logger (3.x). */
export interface WinstonLogger {
  readonly level: string;
  readonly levels: Readonly<Record<string, number>>;
  readonly transports: readonly Target[];
  write(info: Info, ...rest: unknown[]): boolean;
  push(info: Info | null, ...rest: unknown[]): boolean;
  _transform(info: Info, ...rest: unknown[]): void;
}

interface Call {
  readonly context: Context;
  readonly written: Info;
}

/**
 * Hooks winston's Logger class, and so every logger, whenever it was made. No transport is added and no options object
 * touched: `push` is where a line that passed the logger's formats goes to the transports, and there it is sent too. Nothing
 * can double it, `logger.clear()` does not lose it, shared transports do not matter.
 */
export function hookWinston(Logger: { prototype: WinstonLogger }): void {
  const calls = new WeakMap<Info, Call>();
  const { write, push, _transform } = Logger.prototype;
  let transport: WinstonTransport | undefined;
  let current: { readonly logger: WinstonLogger; readonly call: Call } | undefined;

  Logger.prototype.write = function writeWithContext(info, ...rest) {
    const prepared = guarded('winston', () => prepare(info, calls)) ?? info;
    return write.call(this, prepared, ...rest);
  };

  Logger.prototype._transform = function transformWithContext(info, ...rest) {
    const outer = current;
    current = { logger: this, call: calls.get(info) ?? { context: context.active(), written: info } };
    try {
      _transform.call(this, info, ...rest);
    } finally {
      current = outer;
    }
  };

  Logger.prototype.push = function pushAndSend(info, ...rest) {
    const result = push.call(this, info, ...rest);
    const call = current?.logger === this ? current.call : undefined;
    if (info && call) {
      guarded('winston', () => {
        transport ??= new WinstonTransport();
        send(this, info, call, transport);
      });
    }
    return result;
  };
}

const stamped = new WeakSet<Info>();

/** Notes the context of the log call and puts the ids of its span on the line that will be printed. */
function prepare(info: Info, calls: WeakMap<Info, Call>): Info {
  if (info === null || typeof info !== 'object') return info;
  const active = context.active();
  const spanContext = trace.getSpanContext(active);
  const line = isPlain(info) ? { ...info } : info;
  calls.set(line, { context: active, written: info });
  if (spanContext && isSpanContextValid(spanContext)) {
    line.trace_id = spanContext.traceId;
    line.span_id = spanContext.spanId;
    if (line === info) stamped.add(info);
  } else if (stamped.delete(info)) {
    // An error that was logged in another trace must not carry that trace's ids into this line.
    delete info.trace_id;
    delete info.span_id;
  }
  return line;
}

/** Objects of a class are written as they are, since formats may look at their type. */
function isPlain(info: Info): boolean {
  const prototype = Object.getPrototypeOf(info);
  return prototype === Object.prototype || prototype === null;
}

function send(
  logger: WinstonLogger,
  info: Info,
  { context: callContext, written }: Call,
  transport: WinstonTransport,
): void {
  const level = String(written[LEVEL] ?? info[LEVEL] ?? written.level ?? info.level);
  if (!isTaken(logger, info, level)) return;
  const record = toRecord(info, written);
  noteError(callContext, record.error);
  transport.send(record, severityOf(level, logger.levels), callContext);
}

/** The record goes where the line goes: when at least one transport takes it, by its own level or else the logger's. */
function isTaken({ level: ownLevel, levels, transports }: WinstonLogger, info: Info, level: string): boolean {
  const rank = levels[level];
  const takes = (threshold: string | undefined) => {
    const limit = threshold === undefined ? undefined : levels[threshold];
    return limit === undefined || rank === undefined || limit >= rank;
  };
  if (transports.length === 0) return takes(ownLevel);
  // The service sends its lines by OpenTelemetry's own transport already.
  if (transports.some((target) => target.constructor.name === 'OpenTelemetryTransportV3')) return false;
  return transports.some((target) => !target.silent && takes(target.level || ownLevel) && takesKind(target, info));
}

function takesKind(target: Target, info: Info): boolean {
  if (info.exception === true) return target.handleExceptions === true;
  if (info.rejection === true) return target.handleRejections === true;
  return true;
}

/** Remembers the error for the request's `api.failed`, whose answer of 500 does not say why. */
function noteError(callContext: Context, error: Error | undefined): void {
  const bag = error && bagOfContext(callContext);
  if (!bag) return;
  const { 'exception.type': type, 'exception.message': message } = exceptionAttributes(error);
  bag.lastError = { type: String(type), message: String(message) };
}
