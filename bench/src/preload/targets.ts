import { medianOf } from './rows.js';
import type { Metric, Samples } from './samples.js';
import type { Variant } from './variants.js';

/** A promise of the preload, and whether this run kept it. */
export interface Verdict {
  readonly promise: string;
  readonly found: string;
  readonly kept: boolean;
}

const mostStartMs = 60;
const mostShareOfStock = 1 / 5;
const mostPeakMib = 25;
const mostCpuUs = 40;
const mostShareOfPeerMemory = 1 / 2;

/** Only what this run can judge: a promise against a variant that wasn't measured or was refused is left out. */
export function judge(samples: Samples, variants: readonly Variant[]): Verdict[] {
  const ours = (metric: Metric) => medianOf(samples, 'hallmark', metric);
  const peers = (metric: Metric) =>
    variants
      .filter(({ id, isOurs }) => id !== 'bare' && !isOurs)
      .flatMap(({ id, title }) => {
        const median = medianOf(samples, id, metric);
        return median === undefined ? [] : [{ title, median }];
      })
      .sort((a, b) => a.median - b.median);
  const stock = medianOf(samples, 'otel-3', 'firstLineMs');
  return [
    ...atMost(`added start-up at most ${mostStartMs} ms`, ours('firstLineMs'), mostStartMs, 'ms'),
    ...(stock === undefined
      ? []
      : atMost('added start-up at most 1/5 of stock 3.x', ours('firstLineMs'), stock * mostShareOfStock, 'ms')),
    ...atMost(`added peak memory at start at most ${mostPeakMib} MiB`, ours('firstLinePeakMib'), mostPeakMib, 'MiB'),
    ...atMost(`CPU time a request at most +${mostCpuUs} µs (HTTP and a log line)`, ours('httpCpuUs'), mostCpuUs, 'µs'),
    ...peers('httpCpuUs')
      .slice(0, 1)
      .flatMap((best) =>
        atMost(`CPU time a request below each peer (best: ${best.title})`, ours('httpCpuUs'), best.median, 'µs'),
      ),
    ...peers('partsCpuUs')
      .slice(0, 1)
      .flatMap((best) => [
        ...atMost(`the same with the servers (best: ${best.title})`, ours('partsCpuUs'), best.median, 'µs'),
        ...atMost(
          `the same with the servers, without the four records a request that only Hallmark writes (best: ${best.title})`,
          medianOf(samples, 'hallmark-less', 'partsCpuUs'),
          best.median,
          'µs',
        ),
      ]),
    ...peers('httpResidentMib')
      .slice(0, 1)
      .flatMap((best) =>
        atMost(
          `resident memory under load at most half of the best peer's addition (${best.title})`,
          ours('httpResidentMib'),
          best.median * mostShareOfPeerMemory,
          'MiB',
        ),
      ),
  ];
}

function atMost(promise: string, found: number | undefined, limit: number, unit: string): Verdict[] {
  if (found === undefined) return [];
  return [{ promise, found: `${found.toFixed(1)} ${unit}, limit ${limit.toFixed(1)}`, kept: found <= limit }];
}
