import type { Score } from './compare.js';
import type { CollectorResult } from './measure-collector.js';
import type { ProcessResult } from './measure-process.js';

export const beginFigures = '<!-- figures: npm run bench -- privacy -->';
export const endFigures = '<!-- end of figures -->';

export interface Figures {
  readonly machine: string;
  readonly seeds: string;
  readonly process: ProcessResult;
  readonly collector: readonly CollectorResult[];
  readonly peers: readonly { title: string; scores: readonly Score[] }[];
}

/** The measured part of docs/privacy.md. */
export function figuresOf({ machine, seeds, process, collector, peers }: Figures): string {
  const number = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits));
  return `${[
    beginFigures,
    '',
    `Measured on ${machine}; planted values and look-alikes with the seeds ${seeds}. CPU of the collector includes reading JSON and writing`,
    'bulk requests: compare the rows.',
    '',
    '| where | planted | stored | of them in links | look-alikes | harmed | lost | µs a record |',
    '|---|---|---|---|---|---|---|---|',
    `| in the process | ${process.planted} | ${process.leaked} | 0 | ${process.lookAlikes} | ${process.harmed} | 0 | ${number(process.microseconds, 2)} |`,
    ...collector.map(
      (row) =>
        `| collector: ${row.title} | ${row.planted} | ${row.leaked} | ${row.leakedInLinks} | ${row.lookAlikes} | ${row.harmed} | ${row.lost} | ${number(row.markedMicroseconds, 1)} marked, ${number(row.unmarkedMicroseconds, 1)} unmarked |`,
    ),
    '',
    `The slowest of 16 texts of 1 MB took ${number(process.worst.milliseconds, 0)} ms in the process ('${process.worst.text.trim()}' again and again).`,
    '',
    'Recall and precision in lines of text; a kind that a peer lacks is left out.',
    '',
    `| kind | values | ${peers.map(({ title }) => `${title}: recall / precision`).join(' | ')} |`,
    `|---|---|${peers.map(() => '---|').join('')}`,
    ...(peers[0]?.scores ?? []).map(({ kind, values }) => {
      const cells = peers.map(({ scores }) => {
        const found = scores.find((score) => score.kind === kind);
        return found ? `${number(found.recall, 3)} / ${number(found.precision, 3)}` : '–';
      });
      return `| ${kind} | ${values} | ${cells.join(' | ')} |`;
    }),
    '',
    endFigures,
  ].join('\n')}\n`;
}
