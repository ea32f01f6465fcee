import type { Score } from './compare.js';
import type { CollectorResult } from './measure-collector.js';
import type { ProcessResult, Tally } from './measure-process.js';

export const beginFigures = '<!-- figures: npm run bench -- privacy -->';
export const endFigures = '<!-- end of figures -->';

export interface Figures {
  readonly machine: string;
  readonly process: ProcessResult;
  readonly collector: readonly CollectorResult[];
  readonly peers: readonly { title: string; scores: readonly Score[] }[];
}

/** The measured part of docs/privacy.md. */
export function figuresOf({ machine, process, collector, peers }: Figures): string {
  const number = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits));
  return `${[
    beginFigures,
    '',
    `Measured on ${machine}. Every value stands in every place of a record. CPU of the collector includes reading JSON and writing`,
    'bulk requests: compare the rows.',
    '',
    '| where | set | planted | stored | of them in links | by checksum alone | look-alikes | harmed | lost |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rowsOf('in the process', process.sets),
    ...collector.flatMap(({ title, sets }) => rowsOf(`collector: ${title}`, sets)),
    '',
    '| where | µs of CPU an ordinary record: marked by the preload | without its mark |',
    '|---|---|---|',
    `| in the process | ${number(process.microseconds, 2)} | |`,
    ...collector.map(
      (row) =>
        `| collector: ${row.title} | ${number(row.markedMicroseconds, 1)} | ${number(row.unmarkedMicroseconds, 1)} |`,
    ),
    '',
    'The slowest of 20 texts that repeat a few signs, in the process:',
    '',
    '| length | CPU | text |',
    '|---|---|---|',
    ...process.long.map(
      ({ length, text, milliseconds }) =>
        `| ${length / 1000} kB | ${number(milliseconds, 0)} ms | \`${text.trim()}\` |`,
    ),
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

function rowsOf(where: string, sets: readonly Tally[]): string[] {
  return sets.map(
    ({ title, planted, leaked, leakedInLinks, byChecksumAlone, lookAlikes, harmed, lost }) =>
      `| ${where} | ${title} | ${planted} | ${leaked} | ${leakedInLinks} | ${byChecksumAlone} | ${lookAlikes} | ${harmed} | ${lost} |`,
  );
}
