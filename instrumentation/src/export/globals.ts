/**
 * Stand in for globals inside the bundle (esbuild `inject`).
 *
 * Timers: none of the SDK or its exporters keeps the service's process alive. Upstream holds an ending process for 8.9 s
 * without a collector.
 *
 * Clock: `performance` is loaded by its first use, which costs 3 ms at each start; `process.uptime` counts from the same moment.
 */
const nodeSetTimeout = globalThis.setTimeout;
const nodeSetInterval = globalThis.setInterval;

function unrefSetTimeout<A extends unknown[]>(callback: (...args: A) => void, delayMs?: number, ...args: A) {
  return nodeSetTimeout(callback, delayMs, ...args).unref();
}

function unrefSetInterval<A extends unknown[]>(callback: (...args: A) => void, delayMs?: number, ...args: A) {
  return nodeSetInterval(callback, delayMs, ...args).unref();
}

const uptimeClock = {
  now: () => process.uptime() * 1000,
  timeOrigin: Date.now() - process.uptime() * 1000,
};

export { unrefSetInterval as setInterval, unrefSetTimeout as setTimeout, uptimeClock as performance };
