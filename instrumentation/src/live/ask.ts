import { knownLevels } from '../winston/severity.js';

/** What a running service is asked for, for a while. */
export interface Ask {
  /** Lines of this level and of those above it are sent. */
  readonly level?: string;
  /** Only those that carry this name; all loggers without it. */
  readonly logger?: string;
  /** Share of the traces that begin in the service, 0 to 1. */
  readonly sampling?: number;
  readonly forMs: number;
}

export const askedFields = ['level', 'logger', 'sampling', 'for'] as const;
export type AskedField = (typeof askedFields)[number];
export type AskedValues = Partial<Record<AskedField, unknown>>;

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 24 * 3_600_000;
const LONGEST_QUOTE_CHARS = 40;

/** @returns milliseconds of `30s`, `10m` or `2h`; undefined where it is none of these or not from 1 s to 24 h */
function durationMs(value: unknown): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6}) ?([smh])$/.exec(String(value)) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  return ms >= 1_000 && ms <= LONGEST_MS ? ms : undefined;
}

const rules: Readonly<Record<AskedField, { readonly isRight: (value: unknown) => boolean; readonly right: string }>> = {
  level: {
    isRight: (value) => typeof value === 'string' && knownLevels.includes(value),
    right: `one of ${knownLevels.join(', ')}`,
  },
  logger: {
    isRight: (value) => typeof value === 'string' && value !== '',
    right: "a logger's label, service or name",
  },
  sampling: {
    isRight: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    right: 'a number from 0 to 1',
  },
  for: { isRight: (value) => durationMs(value) !== undefined, right: 'a time from 1s to 24h, as 30s, 10m or 2h' },
};

export function isAskedField(name: unknown): name is AskedField {
  return (askedFields as readonly unknown[]).includes(name);
}

/** @returns what is wrong with a value and what would be right; undefined when it is right */
export function wrongValue(field: AskedField, value: unknown): string | undefined {
  const { isRight, right } = rules[field];
  if (isRight(value)) return undefined;
  const shown = (JSON.stringify(value) ?? String(value)).slice(0, LONGEST_QUOTE_CHARS);
  return `${field} is ${shown}, and should be ${right}`;
}

/** @returns what is wrong with the values together, each being right; undefined when nothing is */
export function wrongTogether(values: AskedValues): string | undefined {
  if (values.for === undefined) return `for is missing: ${rules.for.right}`;
  if (values.level === undefined && values.sampling === undefined) return 'it asks for nothing: level or sampling';
  if (values.logger !== undefined && values.level === undefined) return 'logger is there without a level';
  return undefined;
}

/** @param values that have been found right by `wrongValue` and `wrongTogether` */
export function toAsk({ level, logger, sampling, for: time }: AskedValues): Ask {
  return {
    ...(level !== undefined && { level: level as string }),
    ...(logger !== undefined && { logger: logger as string }),
    ...(sampling !== undefined && { sampling: sampling as number }),
    forMs: durationMs(time) ?? 0,
  };
}

/** For people: `level debug of logger orders, sampling 1`. */
export function describeAsk({ level, logger, sampling }: Ask): string {
  const parts = [
    ...(level === undefined ? [] : [logger === undefined ? `level ${level}` : `level ${level} of logger ${logger}`]),
    ...(sampling === undefined ? [] : [`sampling ${sampling}`]),
  ];
  return parts.join(', ');
}
