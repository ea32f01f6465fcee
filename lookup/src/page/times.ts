export type Zone = 'local' | 'utc';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === 'utc' && { timeZone: 'UTC' }) });
  formats.set(key, made);
  return made;
}

const clock = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
} as const;
const minutes = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** `02:51:28.002` */
export function clockTime(timeMs: number, zone: Zone): string {
  return format(zone, clock).format(timeMs);
}

/** `02:51` */
export function shortTime(timeMs: number, zone: Zone): string {
  return format(zone, minutes).format(timeMs);
}

/** `21 Nov 2026` */
export function day(timeMs: number, zone: Zone): string {
  return format(zone, date).format(timeMs);
}

/** `21 Nov 2026, 02:51:28.002` */
export function moment(timeMs: number, zone: Zone): string {
  return `${day(timeMs, zone)}, ${clockTime(timeMs, zone)}`;
}

/** `21 Nov 2026, 02:51:28.002 – 02:51:31.923`; the second date only where it is another. */
export function period(startMs: number, endMs: number, zone: Zone): string {
  const until = day(startMs, zone) === day(endMs, zone) ? clockTime(endMs, zone) : moment(endMs, zone);
  return `${moment(startMs, zone)} – ${until}`;
}

/** The zone's own name, e.g. `Europe/Berlin`. */
export function zoneName(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : (format(zone, minutes).resolvedOptions().timeZone ?? 'local time');
}
