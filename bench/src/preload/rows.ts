import type { Metric, Samples } from './samples.js';
import { pairedDifferences, type Summary, summarize } from './statistics.js';

/** A line of the page. `added`: over bare Node in the same round; `own`: as it is. */
export interface Row {
  readonly metric: Metric;
  readonly title: string;
  readonly unit: 'ms' | 'MiB' | 'µs' | '%';
  readonly shows: 'added' | 'own';
  /** A row of the second service, measured only where the real servers run. */
  readonly needsParts?: true;
}

export const rows: readonly Row[] = [
  { metric: 'firstLineMs', title: 'start-up, smallest program', unit: 'ms', shows: 'added' },
  { metric: 'listenMs', title: 'start-up, express and winston until it listens', unit: 'ms', shows: 'added' },
  { metric: 'firstLinePeakMib', title: 'peak memory at start, smallest program', unit: 'MiB', shows: 'added' },
  { metric: 'listenPeakMib', title: 'peak memory at start, express and winston', unit: 'MiB', shows: 'added' },
  { metric: 'httpCpuUs', title: 'CPU time a request, HTTP and a log line', unit: 'µs', shows: 'added' },
  {
    metric: 'partsCpuUs',
    title: 'CPU time a request, HTTP, PostgreSQL, RabbitMQ and a log line',
    unit: 'µs',
    shows: 'added',
    needsParts: true,
  },
  { metric: 'httpResidentMib', title: 'resident memory under load, HTTP', unit: 'MiB', shows: 'added' },
  {
    metric: 'partsResidentMib',
    title: 'resident memory under load, with the servers',
    unit: 'MiB',
    shows: 'added',
    needsParts: true,
  },
  { metric: 'httpRecordsShare', title: 'log records delivered, HTTP', unit: '%', shows: 'own' },
  { metric: 'httpSpansShare', title: 'server spans delivered, HTTP', unit: '%', shows: 'own' },
  {
    metric: 'partsRecordsShare',
    title: 'log records delivered, with the servers',
    unit: '%',
    shows: 'own',
    needsParts: true,
  },
  {
    metric: 'partsSpansShare',
    title: 'server spans delivered, with the servers',
    unit: '%',
    shows: 'own',
    needsParts: true,
  },
  {
    metric: 'sigtermRecordsShare',
    title: 'log records delivered, SIGTERM right after the last answer',
    unit: '%',
    shows: 'own',
  },
  { metric: 'lifeMs', title: 'whole life of the smallest program', unit: 'ms', shows: 'added' },
  { metric: 'exitMs', title: 'no collector: from the last statement to the end', unit: 'ms', shows: 'added' },
  { metric: 'sigtermMs', title: 'no collector: from SIGTERM to the end of a server', unit: 'ms', shows: 'added' },
];

/** One cell in the row's unit; undefined for a refused variant and for what was not measured. */
export function cell(samples: Samples, variantId: string, { metric, unit, shows }: Row): Summary | undefined {
  const own = samples.of(variantId, metric);
  const isDifference = shows === 'added' && variantId !== 'bare';
  const numbers = isDifference ? pairedDifferences(own, samples.of('bare', metric)) : own;
  if (numbers.length === 0) return undefined;
  return summarize(unit === '%' ? numbers.map((share) => 100 * share) : numbers);
}

/** The median of a metric as its row shows it. */
export function medianOf(samples: Samples, variantId: string, metric: Metric): number | undefined {
  const row = rows.find((each) => each.metric === metric);
  return row && cell(samples, variantId, row)?.median;
}
