/** YAML anchors: a long statement is written once. */
export class Anchors {
  readonly #names = new Map<string, string>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  once(statement: string): string {
    const known = this.#names.get(statement);
    if (known) return `*${known}`;
    const name = `${this.#prefix}_${this.#names.size + 1}`;
    this.#names.set(statement, name);
    return `&${name} ${yamlText(statement)}`;
  }
}

/** A literal of the policy as an expression. */
export function escaped(hint: string): string {
  return hint.replace(/[.?*+|(){}[\]^$]/g, '[$&]');
}

/** A string of OTTL; $ is doubled, since the collector expands it. */
export function ottl(text: string): string {
  return JSON.stringify(text).replaceAll('$', '$$$$');
}

export function yamlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A condition: the text in a field of the cache matches one of the expressions. */
export function anyMatch(field: string, patterns: readonly string[]): string {
  return [...new Set(patterns)].map((pattern) => `IsMatch(cache["${field}"], ${ottl(pattern)})`).join(' or ');
}

/** The same in fewer and slower expressions, for what is asked of suspects only: the collector takes long to read many. */
export function anyOf(field: string, patterns: readonly string[]): string {
  const longest = 800;
  const joined: string[] = [];
  for (const pattern of new Set(patterns)) {
    const last = joined.at(-1);
    if (last !== undefined && last.length + pattern.length < longest) joined[joined.length - 1] = `${last}|${pattern}`;
    else joined.push(pattern);
  }
  return anyMatch(field, joined);
}

/**
 * The same without high upper bounds. Go writes a count out ({0,40} is 80 instructions, * is two), in each of seven contexts, and what it
 * keeps in memory is gone through by each collection of garbage. Counts of digits stay: they tell a number's kind.
 */
export function withoutHighCounts(pattern: string): string {
  return pattern.replace(
    /(\[0-9\]|\\\\)?\{(\d+),(\d+)\}(?!\?)/g,
    (all, of: string | undefined, least: string, most: string) => {
      const isHigh = of === undefined ? Number(most) >= 20 : of === '\\\\' && Number(most) > 3;
      return isHigh ? `${of ?? ''}{${least},}` : all;
    },
  );
}
