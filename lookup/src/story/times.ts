/**
 * Milliseconds since 1970 with a fraction, NaN where the text is no time. Reads what the store gives back for
 * `@timestamp`: an ISO date of up to nine fractional digits, or the collector's own `<ms>.<ns>`, whose second part is
 * a number of nanoseconds without leading zeros (elasticsearchexporter 0.152, writeTimestampField): '5.70' is 5 ms and
 * 70 ns, which Elasticsearch itself reads as 5.7 ms.
 */
export function epochMs(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const exported = /^(\d+)(?:\.(\d{1,6}))?$/.exec(value);
  if (exported) return Number(exported[1]) + Number(exported[2] ?? 0) / 1e6;
  const fine = /^(.+\.\d{3})(\d{1,6})(Z|[+-]\d\d:\d\d)$/.exec(value);
  if (fine) return Date.parse(`${fine[1]}${fine[3]}`) + Number(`0.${fine[2]}`);
  return Date.parse(value);
}

/** The start of a window of a length; 1970 at the earliest, before which Elasticsearch keeps no nanoseconds and refuses to look. */
export function startBefore(endMs: number, lengthMs: number): Date {
  return new Date(Math.max(0, endMs - lengthMs));
}

/** ISO 8601 in UTC with microseconds. */
export function isoTime(timeMs: number): string {
  const micros = Math.round(timeMs * 1_000);
  const wholeMs = Math.floor(micros / 1_000);
  return new Date(wholeMs).toISOString().replace('Z', `${String(micros - wholeMs * 1_000).padStart(3, '0')}Z`);
}
