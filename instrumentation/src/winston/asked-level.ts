import type { WinstonLogger } from './hook.js';
import type { Info } from './record.js';
import { knownSeverity, severityOf } from './severity.js';

/** A running service is asked for more lines than its loggers let through (src/live). */
interface AskedLevel {
  /** Least severity of a line that is sent, as OpenTelemetry counts. */
  readonly severity: number;
  /** What the line must carry as its label, service or name; undefined for every line. */
  readonly logger: string | undefined;
}

let asked: AskedLevel | undefined;
const hooked = new Set<WinstonLogger>();
const answering = new WeakSet<WinstonLogger>();

/** @param level one of `knownLevels`; undefined: nothing is asked for any more */
export function askWinston(level: string | undefined, logger: string | undefined): void {
  const severity = level === undefined ? undefined : knownSeverity(level);
  asked = severity === undefined ? undefined : { severity, logger };
  if (asked) for (const prototype of hooked) answerByAsked(prototype);
}

/** Told of each Logger class, so that its loggers say that an asked level is on. */
export function noteLoggerClass(prototype: WinstonLogger): void {
  hooked.add(prototype);
  if (asked) answerByAsked(prototype);
}

/** True for a line that is asked for, whatever its logger and transports let through. A silent logger stays silent. */
export function isAskedFor({ levels, transports }: WinstonLogger, info: Info, written: Info, level: string): boolean {
  if (!asked || !isWithin(level, levels, asked.severity)) return false;
  if (info.exception === true || info.rejection === true) return false;
  if (transports.length > 0 && transports.every(({ silent }) => silent)) return false;
  const { logger } = asked;
  return logger === undefined || [info, written].some((line) => isOf(line, logger));
}

function isOf({ label, service, name }: Info, logger: string): boolean {
  return label === logger || service === logger || name === logger;
}

function isWithin(level: string, levels: WinstonLogger['levels'], severity: number): boolean {
  return levels[level] !== undefined && severityOf(level, levels).number >= severity;
}

/** Services ask `logger.isDebugEnabled()` before they put a costly line together. The label of the line is not known there. */
function answerByAsked(prototype: WinstonLogger): void {
  if (answering.has(prototype)) return;
  answering.add(prototype);
  const { isLevelEnabled } = prototype;
  prototype.isLevelEnabled = function isLevelEnabledOrAsked(level) {
    return isLevelEnabled.call(this, level) || (asked !== undefined && isWithin(level, this.levels, asked.severity));
  };
}
