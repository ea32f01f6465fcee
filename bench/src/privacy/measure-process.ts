import { type Redactor, TelemetryRedactor } from '@hallmark/privacy';
import type { Case } from '../planted/cases.js';
import { throughProcess } from '../planted/in-process.js';
import { leaks } from '../planted/judge.js';
import { randomFrom } from '../planted/random.js';
import { ordinaryRecords } from './ordinary.js';

/** What became of one set of planted records. */
export interface Tally {
  readonly title: string;
  readonly planted: number;
  readonly leaked: number;
  /** Those of them in the attributes of links, which no stock processor reaches. */
  readonly leakedInLinks: number;
  /** Those of them that only a checksum tells from an order number, which no stock processor counts. */
  readonly byChecksumAlone: number;
  /** Those of them that docs/privacy.md names among what is not told. */
  readonly named: number;
  readonly lookAlikes: number;
  readonly harmed: number;
  readonly lost: number;
}

/** A tally before the first record. */
export const nothingYet: Omit<Tally, 'title'> = {
  planted: 0,
  leaked: 0,
  leakedInLinks: 0,
  byChecksumAlone: 0,
  named: 0,
  lookAlikes: 0,
  harmed: 0,
  lost: 0,
};

export interface LongText {
  readonly length: number;
  readonly text: string;
  readonly milliseconds: number;
}

export interface ProcessResult {
  readonly sets: readonly Tally[];
  /** CPU time for one ordinary record. */
  readonly microseconds: number;
  /** CPU time for the slowest of some texts, by length. */
  readonly long: readonly LongText[];
}

const ordinaryCount = 60_000;

export function measureProcess(redactor: Redactor, sets: Readonly<Record<string, readonly Case[]>>): ProcessResult {
  return {
    sets: Object.entries(sets).map(([title, cases]) => tallyOf(title, cases, redactor)),
    microseconds: costOfOrdinary(redactor),
    long: costOfLong(redactor),
  };
}

function tallyOf(title: string, cases: readonly Case[], redactor: Redactor): Tally {
  const tally = { title, ...nothingYet };
  for (const { planted, value } of cases) {
    const result = throughProcess(redactor, planted);
    if (!value) {
      tally.lookAlikes++;
      if (result.includes('****')) tally.harmed++;
    } else {
      tally.planted++;
      if (!leaks(result, value)) continue;
      tally.leaked++;
      if (value.byChecksumAlone) tally.byChecksumAlone++;
      else if (value.limit === 'both') tally.named++;
    }
  }
  return tally;
}

/** The median of rounds, after the code is warm. */
function costOfOrdinary(redactor: Redactor): number {
  const telemetry = new TelemetryRedactor(redactor);
  const rounds = Array.from({ length: 5 }, (_, round) => {
    const records = ordinaryRecords(randomFrom(round + 1), ordinaryCount).map((record) => ({
      ...record,
      attributes: { ...record.attributes },
    }));
    const before = process.cpuUsage();
    for (const record of records) telemetry.redactLogRecord(record);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / ordinaryCount;
  });
  return rounds.slice(1).sort((a, b) => a - b)[1] ?? Number.NaN;
}

const hardTexts = [
  '1',
  '1 ',
  '4444 ',
  '8 916 ',
  '1-',
  'A1',
  '@',
  'a@b.',
  '{"a":',
  '[',
  '\\',
  '%25',
  'password=',
  'name=',
  'eyJ-',
  '+7',
  'phone 12345 ',
  "select ' from ",
  '12 Aa St ',
  'ул. ',
];

/** The slowest of the hard texts at three lengths: twice the text, twice the time. */
function costOfLong(redactor: Redactor): LongText[] {
  return [250_000, 500_000, 1_000_000].map((length) => {
    const measured = hardTexts.map((text) => {
      const long = text.repeat(Math.ceil(length / text.length));
      const before = process.cpuUsage();
      redactor.text(long);
      const { user, system } = process.cpuUsage(before);
      return { length, text, milliseconds: (user + system) / 1000 };
    });
    return measured.reduce((slowest, next) => (next.milliseconds > slowest.milliseconds ? next : slowest));
  });
}
