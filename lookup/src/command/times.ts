import { UsageError } from './usage-error.js';

/** What Elasticsearch can keep with nanoseconds (date_nanos). */
export function isKept(date: Date): boolean {
  return date.getTime() >= 0 && date.getTime() < Date.UTC(2262, 3, 11);
}

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/**
 * A moment: `30d`, `12h`, `45m`, `90s` ago, or a date (`2026-11-01`, `2026-11-01T10:30`, in UTC unless it says its zone).
 * @throws UsageError
 */
export function readMoment(option: string, text: string, now: Date): Date {
  const ago = /^(\d{1,6})([dhms])$/.exec(text);
  if (ago) return kept(option, text, new Date(now.getTime() - Number(ago[1]) * unitMs[ago[2] as keyof typeof unitMs]));
  const iso = text.replace(/^(\S+) (?=\d)/, '$1T');
  const zone = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? '' : 'Z';
  const date = /^\d{4}-\d\d-\d\d/.test(iso) ? new Date(`${iso}${zone}`) : undefined;
  const last = lastDayOf(iso);
  if (last !== undefined)
    throw new UsageError(`${option} '${text}': that month has ${last.slice(8)} days; right would be ${last}`);
  if (date && !Number.isNaN(date.getTime())) return kept(option, text, date);
  throw new UsageError(`${option} '${text}' is no time: right would be 30d, 12h, 45m, or a date like 2026-11-01`);
}

function kept(option: string, text: string, date: Date): Date {
  if (isKept(date)) return date;
  throw new UsageError(
    `${option} '${text}' is outside of 1970-01-01 to 2262-04-11, where no records are; right would be 30d or 2026-11-01`,
  );
}

/** The last day of the month, where the text names a day after it: JavaScript would take it for one of the next month. */
function lastDayOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  if (day === undefined || Number(month) < 1 || Number(month) > 12 || Number(day) > 31) return undefined;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) > last ? `${year}-${month}-${last}` : undefined;
}
