import type { Environment } from './environment.js';

const PREFIX = 'HALLMARK_';
/** Variables of the stack and the demo, which may stand in the same environment. */
const OF_OTHER_PARTS =
  /^HALLMARK_(?:CACHE|CHECKS|ELASTICSEARCH_HEAP|MAVEN_URL|OTLP_HOST|PICTURES|RUN|SEED|TLS|[A-Z_]+_PORT)$/;
const LONGEST_NAME_CHARS = 60;
const MOST_NAMES = 10;
/** A name that differs in more is another name. */
const MOST_EDITS = 6;

/** Notes each `HALLMARK_*` variable that nothing has read, with the name that was most likely meant. Call after all are read. */
export function ignoreUnknown(env: Environment): void {
  const unknown = env.startingWith(PREFIX).filter((name) => !env.read.has(name) && !OF_OTHER_PARTS.test(name));
  for (const name of unknown.slice(0, MOST_NAMES)) {
    const known = [...env.read].filter((candidate) => candidate.startsWith(PREFIX));
    const meant = nearest(name, known);
    env.ignore(name.slice(0, LONGEST_NAME_CHARS), meant ? `no such setting; is ${meant} meant?` : 'no such setting');
  }
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const short = name.slice(0, LONGEST_NAME_CHARS);
  const ranked = known.map((candidate) => ({ candidate, edits: editsBetween(short, candidate) }));
  const [first] = ranked.sort((a, b) => a.edits - b.edits);
  return first && first.edits <= MOST_EDITS ? first.candidate : undefined;
}

/** Letters to be put in, taken away or changed to make one text the other (Levenshtein 1965). */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_value, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
