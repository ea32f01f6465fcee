import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { StackError } from '../failure.js';
import type { ProcessEnd } from './supervised.js';

/** Longest piece of a log line that is put into a message. Unit: characters. */
const longestQuote = 300;

/**
 * The error for a process that failed: what happened, the line of its log that looks like the cause, and where the whole log is
 * kept (the run folder is about to be deleted).
 * @param keptLogs folder for it; holds the last failure of each name
 */
export async function failedStep(name: string, logFile: string, what: string, keptLogs: string): Promise<StackError> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const kept = await keepLog(name, logFile, keptLogs);
  return new StackError(`${name} ${what}: ${likelyCause(log)}; its whole log: ${kept}`);
}

/** Copies the log of a process that failed to where it outlives the run. Returns that path. */
export async function keepLog(name: string, logFile: string, keptLogs: string): Promise<string> {
  const kept = join(keptLogs, `${name}-failed.log`);
  await mkdir(keptLogs, { recursive: true, mode: 0o700 }).catch(() => undefined);
  await copyFile(logFile, kept).catch(() => undefined);
  return kept;
}

/** `SIGKILL`, or `exit code 1`. */
export function howItEnded({ code, signal }: ProcessEnd): string {
  return signal ?? `exit code ${code}`;
}

/** The last line that speaks of an error, else the last line. */
export function likelyCause(log: string): string {
  const lines = stripVTControlCharacters(log)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const cause = lines.findLast((line) => /error|fatal|exception|refused|denied|in use/i.test(line)) ?? lines.at(-1);
  return cause === undefined ? 'it printed nothing' : cause.trim().slice(0, longestQuote);
}
