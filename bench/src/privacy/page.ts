import type { Score } from './compare.js';
import type { CollectorResult } from './measure-collector.js';
import type { ProcessResult, Tally } from './measure-process.js';

export const beginFigures = '<!-- figures: npm run bench -- privacy -->';
export const endFigures = '<!-- end of figures -->';

export interface Figures {
  readonly machine: string;
  readonly process: ProcessResult;
  readonly collector: readonly CollectorResult[];
  readonly comparisons: readonly Comparison[];
}

/** What each peer found in the same lines. */
export interface Comparison {
  readonly title: string;
  readonly peers: readonly { title: string; scores: readonly Score[] }[];
}

/** The measured part of docs/privacy.md. */
export function figuresOf({ machine, process, collector, comparisons }: Figures): string {
  return `${[
    beginFigures,
    '',
    `Measured on ${machine}. Every value stands in every place of a record. CPU of the collector is that of one`,
    "core, with the settings of Go's runtime that the stack gives it, for reading OTLP as the preload sends it, the rules, and writing it to a",
    'file: compare the rows.',
    '',
    '| where | set | planted | stored | of them in links | by checksum alone | named limits | look-alikes | harmed | lost |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rowsOf('in the process', process.sets),
    ...collector.flatMap(({ title, sets }) => rowsOf(`collector: ${title}`, sets)),
    '',
    '| where | µs of CPU an ordinary record of the demo: marked by the preload | without its mark |',
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
    'Recall and precision in lines of text; a kind that a peer lacks is left out. Encoded: percent- and form-encoding, JSON in JSON, \\u',
    'escapes, literals of SQL, signs of other widths, no space before the value.',
    '',
    ...comparisons.flatMap(tableOf),
    endFigures,
  ].join('\n')}\n`;
}

function tableOf({ title, peers }: Comparison): string[] {
  return [
    `| ${title} | number | ${peers.map((peer) => `${peer.title}: recall / precision`).join(' | ')} |`,
    `|---|---|${peers.map(() => '---|').join('')}`,
    ...(peers[0]?.scores ?? []).map(({ kind, values }) => {
      const cells = peers.map(({ scores }) => {
        const found = scores.find((score) => score.kind === kind);
        return found && found.values > 0 ? `${number(found.recall, 3)} / ${number(found.precision, 3)}` : '–';
      });
      return `| ${kind} | ${values} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function number(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function rowsOf(where: string, sets: readonly Tally[]): string[] {
  return sets.map(
    ({ title, planted, leaked, leakedInLinks, byChecksumAlone, named, lookAlikes, harmed, lost }) =>
      `| ${where} | ${title} | ${planted} | ${leaked} | ${leakedInLinks} | ${byChecksumAlone} | ${named} | ${lookAlikes} | ${harmed} | ${lost} |`,
  );
}
