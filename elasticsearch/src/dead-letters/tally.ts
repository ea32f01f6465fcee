/** How often something happened. */
export interface Tally {
  add(count: number, now: number): void;
  readonly total: number;
  /** In the hour before now, to the minute. */
  lastHour(now: number): number;
}

const minuteMs = 60_000;
const minutes = 60;

export function startTally(): Tally {
  let total = 0;
  const byMinute = new Map<number, number>();
  const forget = (now: number) => {
    const first = Math.floor(now / minuteMs) - minutes;
    for (const minute of byMinute.keys()) if (minute < first) byMinute.delete(minute);
  };
  return {
    add(count, now) {
      if (count === 0) return;
      forget(now);
      total += count;
      const minute = Math.floor(now / minuteMs);
      byMinute.set(minute, (byMinute.get(minute) ?? 0) + count);
    },
    get total() {
      return total;
    },
    lastHour(now) {
      forget(now);
      return [...byMinute.values()].reduce((sum, count) => sum + count, 0);
    },
  };
}
