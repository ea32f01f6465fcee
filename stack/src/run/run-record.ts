import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startTimeOf } from './process-facts.js';

/** Who stands behind a run, kept in its folder for whoever finds the folder later. */
export interface RunRecord {
  readonly starter: ProcessIdentity;
  readonly reaper: ProcessIdentity;
  /** In which numbering of processes the two are meant: a container may share the folder and not the numbers. */
  readonly numbering: string;
  /** Files outside the folder that belong to the run. */
  readonly files: readonly string[];
}

interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

const fileName = 'run.json';

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) ?? '' };
}

export function writeRunRecord(folder: string, record: Omit<RunRecord, 'numbering'>): void {
  writeFileSync(join(folder, fileName), JSON.stringify({ ...record, numbering: numbering() }), { mode: 0o600 });
}

/** Undefined when the folder holds none: it isn't a run's, or the run is only just beginning. */
export function readRunRecord(folder: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

/** Whether the starter is dead, as far as this process can know. */
export function isOrphan(record: RunRecord): boolean {
  return record.numbering === numbering() && !lives(record.starter);
}

/** The process id namespace; elsewhere than on Linux there is one only. */
function numbering(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

export function lives({ pid, startTime }: ProcessIdentity): boolean {
  return isAlive(pid, startTime);
}
