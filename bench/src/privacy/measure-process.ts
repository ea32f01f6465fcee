import { type Redactor, TelemetryRedactor } from '@hallmark/privacy';
import { throughProcess } from '../planted/in-process.js';
import { leaks } from '../planted/judge.js';
import { lookAlikes } from '../planted/look-alikes.js';
import { places, plantedRecords } from '../planted/places.js';
import { randomFrom } from '../planted/random.js';
import { plantedValues } from '../planted/values.js';
import { ordinaryRecords } from './ordinary.js';

export interface ProcessResult {
  readonly planted: number;
  readonly leaked: number;
  readonly lookAlikes: number;
  readonly harmed: number;
  /** CPU time for one ordinary record. */
  readonly microseconds: number;
  /** CPU time for 1 MB of each text, the slowest. */
  readonly worst: { readonly text: string; readonly milliseconds: number };
}

const ordinaryCount = 60_000;

export function measureProcess(redactor: Redactor, seeds: readonly number[]): ProcessResult {
  const counted = { planted: 0, leaked: 0, lookAlikes: 0, harmed: 0 };
  for (const seed of seeds) {
    const random = randomFrom(seed);
    for (const { value, planted } of plantedRecords(plantedValues(random))) {
      counted.planted++;
      if (leaks(throughProcess(redactor, planted), value)) counted.leaked++;
    }
    for (const text of lookAlikes(random)) {
      for (const [place, make] of Object.entries(places)) {
        // SQL literals become ? whatever they are.
        const made = place === 'SQL literal' ? undefined : make({ kind: '', text, secret: text });
        if (!made) continue;
        counted.lookAlikes++;
        if (throughProcess(redactor, { place, ...made }).includes('****')) counted.harmed++;
      }
    }
  }
  return { ...counted, microseconds: costOfOrdinary(redactor), worst: slowestText(redactor) };
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

function slowestText(redactor: Redactor): { text: string; milliseconds: number } {
  const seeds = [
    '1',
    '1 ',
    '4444 ',
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
  ];
  const measured = seeds.map((text) => {
    const long = text.repeat(Math.ceil(1e6 / text.length));
    const before = process.cpuUsage();
    redactor.text(long);
    const { user, system } = process.cpuUsage(before);
    return { text, milliseconds: (user + system) / 1000 };
  });
  return measured.sort((a, b) => b.milliseconds - a.milliseconds)[0] ?? { text: '', milliseconds: Number.NaN };
}
