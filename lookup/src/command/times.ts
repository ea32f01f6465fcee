import { UsageError } from './usage-error.js';

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/**
 * A moment: `30d`, `12h`, `45m`, `90s` ago, or a date (`2026-11-01`, `2026-11-01T10:30`, in UTC unless it says its zone).
 * @throws UsageError
 */
export function readMoment(option: string, text: string, now: Date): Date {
  const ago = /^(\d{1,6})([dhms])$/.exec(text);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * unitMs[ago[2] as keyof typeof unitMs]);
  const iso = text.replace(/^(\S+) (?=\d)/, '$1T');
  const zone = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T') ? '' : 'Z';
  const date = /^\d{4}-\d\d-\d\d/.test(iso) ? new Date(`${iso}${zone}`) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new UsageError(`${option} '${text}' is no time: right would be 30d, 12h, 45m, or a date like 2026-11-01`);
}
