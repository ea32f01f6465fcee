import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { type Profile, type Retention, retentionSchema } from './schema.js';

export const retentionFile = fileURLToPath(new URL('../../retention.yaml', import.meta.url));

/** What is wrong with a retention file: one line a fault, each with file, line and column (both from 1). */
export class RetentionError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'RetentionError';
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: `there is no such file; an example is ${retentionFile}`,
  EISDIR: `is a folder; expected a file like ${retentionFile}`,
};
const shape = 'expected version, profile and profiles';

/** The profile that holds, out of a file. @throws RetentionError with line and column of every fault */
export async function readProfile(file = retentionFile): Promise<Profile> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RetentionError([`${file}: ${unreadable[error.code ?? ''] ?? `can't be read: ${error.code}`}`]);
  });
  const retention = parseRetention(text, file);
  const profile = retention.profiles[retention.profile];
  if (profile === undefined) throw new RetentionError([`${file}: there is no profile '${retention.profile}'`]);
  return profile;
}

/**
 * Reads a retention file from its YAML text.
 * @param file the name to use in errors
 * @throws RetentionError naming the line and column of every fault
 */
export function parseRetention(text: string, file = 'elasticsearch/retention.yaml'): Retention {
  const lineCounter = new LineCounter();
  // Without pretty errors: the place would stand in the message a second time.
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new RetentionError(
      document.errors.map(({ code, pos, message }) => {
        const what = code === 'MULTIPLE_DOCS' ? 'a second YAML document begins here; expected one' : message;
        return `${place(pos[0])}: ${what.split('\n', 1)[0]}`;
      }),
    );
  }
  if (document.contents === null) throw new RetentionError([`${file}: is empty; ${shape}`]);
  if (!isMap(document.contents)) throw new RetentionError([`${place(offsetOf([]))}: ${shape}`]);
  const result = retentionSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  throw new RetentionError(
    result.error.issues.map((issue) => `${place(offsetOf(issue.path))}: ${issue.path.join('.')}: ${issue.message}`),
  );

  /** Where the value at this path stands, or the nearest value around it that is there. */
  function offsetOf(path: readonly PropertyKey[]): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }
}
