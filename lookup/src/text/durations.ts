/** A duration in at most eight columns: `0.4 ms`, `310 ms`, `2.21 s`, `1 min 12 s`, `3 h 05 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(seconds / 3_600);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Time since the start of a trace, in seconds: `0.000`, `12.345`, `1:02.345`, `26:01:02`. */
export function offset(ms: number): string {
  const wholeMs = Math.round(Math.abs(ms));
  const sign = ms < 0 && wholeMs > 0 ? '-' : '';
  const seconds = Math.floor(wholeMs / 1_000);
  const fraction = String(wholeMs % 1_000).padStart(3, '0');
  const two = (number: number) => String(number).padStart(2, '0');
  if (seconds < 60) return `${sign}${seconds}.${fraction}`;
  if (seconds < 3_600) return `${sign}${Math.floor(seconds / 60)}:${two(seconds % 60)}.${fraction}`;
  return `${sign}${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const blocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/** Where a span lies in its trace, as a bar of `columns`: at least a thin line, so that no span is invisible. */
export function bar(startShare: number, lengthShare: number, columns: number): string {
  const first = Math.min(columns - 1, Math.max(0, Math.floor(startShare * columns)));
  const eighths = Math.round(Math.min(lengthShare * columns, columns - first) * 8);
  const filled = Math.max(1, eighths);
  const text = '█'.repeat(Math.floor(filled / 8)) + (blocks[filled % 8] ?? '');
  return ' '.repeat(first) + text;
}

/** `2026-11-21 01:40:12.104`, in UTC. */
export function moment(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace('Z', '');
}
