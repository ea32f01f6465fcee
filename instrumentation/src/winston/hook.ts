import { type Context, context, isSpanContextValid, trace } from '@opentelemetry/api';
import { bagOfContext } from '../context/bag.js';
import type { Scope } from '../export/encoding.js';
import type { RecordWriter } from '../records/record-writer.js';
import { guarded } from '../talk/stderr.js';
import { isAskedFor, noteLoggerClass } from './asked-level.js';
import { exceptionAttributes } from './exception.js';
import { type Info, LEVEL, toRecord } from './record.js';
import { severityOf } from './severity.js';

/** As OpenTelemetry's own transport is called: where a line came from is not changed by who sends it. */
const SCOPE: Scope = { name: '@opentelemetry/winston-transport' };

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
  isLevelEnabled(level: string): boolean;
}

interface Call {
  readonly context: Context;
  /** The info as the service made it. */
  readonly written: Info;
  /** What goes through the formats in its place. */
  readonly line: Info;
  logger: WinstonLogger | undefined;
  isFormatted: boolean;
}

/**
 * Hooks winston's Logger class, and so every logger, whenever it was made. No transport is added and no options object
 * touched: `push` is where a line that passed the logger's formats goes to the transports, and there it is sent too. Nothing
 * can double it, `logger.clear()` does not lose it, shared transports do not matter.
 */
export function hookWinston(Logger: { prototype: WinstonLogger }, writer: RecordWriter): void {
  noteLoggerClass(Logger.prototype);
  const waiting = new WeakMap<Info, Call>();
  const { write, push, _transform } = Logger.prototype;
  let beingWritten: Call | undefined;
  let beingFormatted: Call | undefined;

  Logger.prototype.write = function writeWithContext(info, ...rest) {
    const outer = beingWritten;
    const call = guarded('winston', () => prepare(info));
    beingWritten = call;
    try {
      return write.call(this, call?.line ?? info, ...rest);
    } finally {
      // A logger that is held up by its transports formats the line later.
      if (call && !call.isFormatted) waiting.set(call.line, call);
      beingWritten = outer;
    }
  };

  Logger.prototype._transform = function transformWithContext(info, ...rest) {
    const outer = beingFormatted;
    const call = beingWritten?.line === info ? beingWritten : waiting.get(info);
    beingFormatted = call ?? {
      context: context.active(),
      written: info,
      line: info,
      logger: undefined,
      isFormatted: true,
    };
    beingFormatted.isFormatted = true;
    beingFormatted.logger = this;
    try {
      _transform.call(this, info, ...rest);
    } finally {
      beingFormatted = outer;
    }
  };

  Logger.prototype.push = function pushAndSend(info, ...rest) {
    const result = push.call(this, info, ...rest);
    const call = beingFormatted?.logger === this ? beingFormatted : undefined;
    if (info && call) guarded('winston', () => send(this, info, call, writer));
    return result;
  };
}

const stamped = new WeakSet<Info>();

/** Notes the context of the log call and puts the ids of its span on the line that will be printed. */
function prepare(info: Info): Call | undefined {
  if (info === null || typeof info !== 'object') return undefined;
  const active = context.active();
  const spanContext = trace.getSpanContext(active);
  const line = isPlain(info) ? { ...info } : info;
  if (spanContext && isSpanContextValid(spanContext)) {
    line.trace_id = spanContext.traceId;
    line.span_id = spanContext.spanId;
    if (line === info) stamped.add(info);
  } else if (stamped.delete(info)) {
    // An error that was logged in another trace must not carry that trace's ids into this line.
    delete info.trace_id;
    delete info.span_id;
  }
  return { context: active, written: info, line, logger: undefined, isFormatted: false };
}

/** Objects of a class are written as they are, since formats may look at their type. */
function isPlain(info: Info): boolean {
  const prototype = Object.getPrototypeOf(info);
  return prototype === Object.prototype || prototype === null;
}

function send(logger: WinstonLogger, info: Info, { context: callContext, written }: Call, writer: RecordWriter): void {
  const level = String(written[LEVEL] ?? info[LEVEL] ?? written.level ?? info.level);
  if (!isTaken(logger, info, level) && !isAskedFor(logger, info, written, level)) return;
  const { body, eventName, error, attributes } = toRecord(info, written);
  noteError(callContext, error);
  const { number: severityNumber, text: severityText } = severityOf(level, logger.levels);
  const span = trace.getSpan(callContext);
  writer.write({ scope: SCOPE, severityNumber, severityText, body, eventName, attributes, span, context: callContext });
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
