import { SeverityNumber } from '@opentelemetry/api';

/** A record's severity: the number of OpenTelemetry's log data model and its text. */
export interface Severity {
  readonly number: SeverityNumber;
  readonly text: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
}

/** Names whose meaning is fixed: winston's npm, syslog and cli levels, and those of other loggers. */
const KNOWN: Readonly<Record<string, SeverityNumber>> = {
  emerg: SeverityNumber.FATAL3,
  alert: SeverityNumber.FATAL2,
  crit: SeverityNumber.FATAL,
  critical: SeverityNumber.FATAL,
  fatal: SeverityNumber.FATAL,
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  warning: SeverityNumber.WARN,
  notice: SeverityNumber.INFO2,
  help: SeverityNumber.INFO3,
  data: SeverityNumber.INFO2,
  info: SeverityNumber.INFO,
  http: SeverityNumber.DEBUG3,
  verbose: SeverityNumber.DEBUG2,
  debug: SeverityNumber.DEBUG,
  prompt: SeverityNumber.TRACE4,
  input: SeverityNumber.TRACE2,
  trace: SeverityNumber.TRACE,
  silly: SeverityNumber.TRACE,
};

/** Names that a level can be asked by, the most severe first. */
export const knownLevels: readonly string[] = Object.keys(KNOWN).sort((a, b) => Number(KNOWN[b]) - Number(KNOWN[a]));

export function knownSeverity(level: string): SeverityNumber | undefined {
  return KNOWN[level];
}

const TEXTS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

function textOf(number: SeverityNumber): Severity['text'] {
  return TEXTS[Math.floor((number - 1) / 4)] ?? 'INFO';
}

const computed = new WeakMap<object, Map<string, Severity>>();

/**
 * Severity of a winston level. A custom one takes its place by the logger's own order: no more severe than the known level
 * above it, no less than the one below; among levels that are all unknown the range FATAL…DEBUG is shared out.
 *
 * @param levels winston's `logger.levels`: name → rank, 0 the most severe
 */
export function severityOf(level: string, levels: Readonly<Record<string, number>>): Severity {
  let known = computed.get(levels);
  if (!known) {
    known = new Map();
    computed.set(levels, known);
  }
  let severity = known.get(level);
  if (!severity) {
    const number = KNOWN[level.toLowerCase()] ?? byOrder(level, levels);
    severity = { number, text: textOf(number) };
    known.set(level, severity);
  }
  return severity;
}

function byOrder(level: string, levels: Readonly<Record<string, number>>): SeverityNumber {
  const rank = levels[level];
  if (rank === undefined) return SeverityNumber.INFO;
  const ranked = Object.entries(levels).sort(([, a], [, b]) => a - b);
  const place = ranked.findIndex(([name]) => name === level);
  const knownAt = (from: readonly [string, number][]) =>
    from.map(([name]) => KNOWN[name.toLowerCase()]).find((number) => number !== undefined);
  const above = knownAt(ranked.slice(0, place).reverse());
  const below = knownAt(ranked.slice(place + 1));
  if (above !== undefined && below !== undefined) return Math.max(1, Math.floor((above + below) / 2)) as SeverityNumber;
  if (above !== undefined) return Math.max(SeverityNumber.TRACE, above - 4) as SeverityNumber;
  if (below !== undefined) return Math.min(SeverityNumber.FATAL, below + 4) as SeverityNumber;
  const share = ranked.length === 1 ? 0.75 : place / (ranked.length - 1);
  return Math.round(SeverityNumber.FATAL - share * (SeverityNumber.FATAL - SeverityNumber.DEBUG)) as SeverityNumber;
}
