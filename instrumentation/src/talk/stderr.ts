import { writeSync } from 'node:fs';

/** Levels of OTEL_LOG_LEVEL, least talkative first. */
export const talkLevels = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;
export type TalkLevel = 'error' | 'warn' | 'info' | 'debug';

const LONGEST_LINE_CHARS = 1_000;
const MOST_CAUSES = 200;

let threshold = talkLevels.indexOf('info');
const warnedCauses = new Set<string>();

/** Sets what is said at all; `info` until then. */
export function setTalkLevel(level: (typeof talkLevels)[number]): void {
  threshold = talkLevels.indexOf(level);
}

export function isSaid(level: TalkLevel): boolean {
  return talkLevels.indexOf(level) <= threshold;
}

/** Writes one line to standard error, synchronously, so that it is also seen from an exiting process. Never throws. */
export function say(level: TalkLevel, line: string): void {
  if (!isSaid(level)) return;
  try {
    writeSync(2, `hallmark: ${line.replaceAll(/\s*\n\s*/g, ' ').slice(0, LONGEST_LINE_CHARS)}\n`);
  } catch {
    // EAGAIN or a closed descriptor: the service is worth more than the line.
  }
}

/** Says a cause once in the life of the process. @param cause what makes two lines the same */
export function sayOnce(level: TalkLevel, cause: string, line: string): void {
  if (warnedCauses.has(cause) || warnedCauses.size >= MOST_CAUSES) return;
  warnedCauses.add(cause);
  say(level, line);
}

export function describe(error: unknown): string {
  try {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    return typeof error === 'string' ? error : Object.prototype.toString.call(error);
  } catch {
    // A getter of the service's own error.
    return 'an error that can not be read';
  }
}

/**
 * Runs work of the preload inside the service's own call: an error ends here, with one line a cause.
 *
 * @param cause names the entry that is guarded, e.g. `winston`
 */
export function guarded<T>(cause: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    sayOnce('warn', `${cause}: ${describe(error)}`, `${cause} failed, the service goes on: ${describe(error)}`);
    return undefined;
  }
}
