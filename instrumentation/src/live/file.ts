import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

const LONGEST_FILE_BYTES = 4_096;
const OTHERS_RIGHTS = 0o077;

/** The file as it was found: its text, or why it is not to be obeyed; neither where there is none. */
export interface LiveFile {
  /** See `markOf`; undefined where the file could not be opened. */
  readonly mark?: string;
  readonly text?: string;
  readonly refusal?: string;
  /** When it was written, ms since 1970. Other rights or another place begin its time anew as little as a restart does. */
  readonly writtenMs: number;
}

const MISSING = 'missing';

/** Changes with everything that matters of a file: its text, its rights, another file in its place, none. */
export function markOf(stats: Stats | undefined): string {
  return stats ? `${stats.dev} ${stats.ino} ${stats.ctimeMs}` : MISSING;
}

/**
 * Reads the file if nobody but the user of this process can have written it. Symbolic links are followed: what counts is
 * the file that is read.
 */
export function readLiveFile(path: string): LiveFile {
  let descriptor: number;
  try {
    // Without NONBLOCK a pipe in the file's place would hold the service until somebody writes to it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { mark: MISSING, writtenMs: 0 };
    return { refusal: `it can't be opened (${code})`, writtenMs: 0 };
  }
  try {
    const stats = fstatSync(descriptor);
    const found = { mark: markOf(stats), writtenMs: stats.mtimeMs };
    const refusal = refusalOf(stats);
    return refusal ? { ...found, refusal } : { ...found, text: readText(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}

function readText(descriptor: number): string {
  const bytes = Buffer.alloc(LONGEST_FILE_BYTES);
  return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, LONGEST_FILE_BYTES, 0));
}

function refusalOf(stats: Stats): string | undefined {
  const user = process.geteuid?.();
  if (!stats.isFile()) return 'it is not a file';
  if (stats.uid !== user) {
    return `it is owned by another user (${stats.uid}) than the one of the service (${user ?? 'unknown'})`;
  }
  if ((stats.mode & OTHERS_RIGHTS) !== 0) {
    return `others have rights on it (mode ${(stats.mode & 0o777).toString(8)}, and should be 600)`;
  }
  return stats.size > LONGEST_FILE_BYTES ? `it is longer than ${LONGEST_FILE_BYTES} bytes` : undefined;
}
