import type { Row } from './rows.js';

export const beginFigures = '<!-- figures: npm run bench -- lookup -->';
export const endFigures = '<!-- end of figures -->';

export interface Figures {
  readonly machine: string;
  readonly heap: string;
  readonly orders: number;
  readonly records: number;
  readonly spans: number;
  readonly bytes: number;
  readonly rows: readonly Row[];
}

/** The measured part of docs/lookup.md. */
export function figuresOf({ machine, heap, orders, records, spans, bytes, rows }: Figures): string {
  const whole = (number: number) => number.toLocaleString('en-US');
  return `${[
    beginFigures,
    '',
    `Measured on ${machine}, with Elasticsearch (heap ${heap}), the collector and the look-up on that one machine. In the store:`,
    `${whole(orders)} orders over 30 days, ${whole(records)} records and ${whole(spans)} spans, ${(bytes / 1e9).toFixed(1)} GB. Each time is of a whole`,
    'look-up under the Support_Logs account, with who looked acknowledged by the collector.',
    '',
    '| what | goal | median | 95 % | most | of |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ what, goal, median, p95, most, of }) => `| ${what} | ${goal} | ${median} | ${p95} | ${most} | ${of} |`,
    ),
    '',
    endFigures,
  ].join('\n')}\n`;
}
