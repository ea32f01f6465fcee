/** A place in a pattern that takes one sign, and the places that may come next. */
interface Position {
  readonly takes: (sign: string) => boolean;
  /** It is a sign written out, or one of few: what a literal may be made of. */
  readonly literal: boolean;
  readonly wildcard: boolean;
  readonly next: Set<number>;
}

interface Part {
  readonly canBeEmpty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Letters of one case are few: hints may write them all out. */
const mostSigns = 30;
const lastSign = 0x600;

const nothing: Part = { canBeEmpty: true, first: [], last: [] };

/**
 * What a pattern of the policy can match: its places and which follows which (Glushkov, 1961). How often something is repeated
 * is not counted.
 */
export class Pattern {
  readonly #text: string;
  readonly #positions: Position[] = [];
  #at = 0;

  /** @param text a pattern that can be read, without backslashes and without groups other than (?:…) */
  constructor(text: string) {
    this.#text = text;
    this.#alternatives();
  }

  /** Whether it takes any sign somewhere: by a dot, or by a class of all but some signs. */
  get hasWildcard(): boolean {
    return this.#positions.some(({ wildcard }) => wildcard);
  }

  /** Whether a literal is a part of the pattern, and not only what some class happens to take. */
  holds(literal: string): boolean {
    let places: Iterable<number> = this.#positions.keys();
    for (const sign of literal) {
      const here = [...places].filter((place) => isLiteral(this.#positions[place], sign));
      if (here.length === 0) return false;
      places = new Set(here.flatMap((place) => [...(this.#positions[place]?.next ?? [])]));
    }
    return true;
  }

  #alternatives(): Part {
    let all = this.#sequence();
    while (this.#text[this.#at] === '|') {
      this.#at++;
      const other = this.#sequence();
      all = {
        canBeEmpty: all.canBeEmpty || other.canBeEmpty,
        first: [...all.first, ...other.first],
        last: [...all.last, ...other.last],
      };
    }
    return all;
  }

  #sequence(): Part {
    let all = nothing;
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at] ?? '')) {
      const part = this.#repeated(this.#single());
      this.#join(all.last, part.first);
      all = {
        canBeEmpty: all.canBeEmpty && part.canBeEmpty,
        first: all.canBeEmpty ? [...all.first, ...part.first] : all.first,
        last: part.canBeEmpty ? [...all.last, ...part.last] : part.last,
      };
    }
    return all;
  }

  #repeated(part: Part): Part {
    const times = /^(?:\?|\{(\d+)(?:,(\d+))?\})\??/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (!times) return part;
    this.#at += times[0].length;
    const [, least = '0', most = times[1] ?? '1'] = times;
    if (Number(most) > 1) this.#join(part.last, part.first);
    return { ...part, canBeEmpty: part.canBeEmpty || Number(least) === 0 };
  }

  #single(): Part {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('(?:')) {
      this.#at += 3;
      const inner = this.#alternatives();
      this.#at++;
      return inner;
    }
    const signs = /^\[[^\]]*\]/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
    this.#at += signs.length;
    const set = signs.length > 1 && signs.startsWith('[') ? new RegExp(signs, 'u') : undefined;
    const place = this.#positions.length;
    const takes = (sign: string) => (set ? set.test(sign) : signs === '.' || signs === sign);
    this.#positions.push({
      takes,
      literal: set ? hasFewSigns(set) : signs !== '.',
      wildcard: signs === '.' || signs.startsWith('[^'),
      next: new Set(),
    });
    return { canBeEmpty: false, first: [place], last: [place] };
  }

  #join(from: readonly number[], to: readonly number[]): void {
    for (const place of from) for (const next of to) this.#positions[place]?.next.add(next);
  }
}

function isLiteral(position: Position | undefined, sign: string): boolean {
  return position?.literal === true && position.takes(sign);
}

function hasFewSigns(set: RegExp): boolean {
  let signs = 0;
  for (let code = 32; code < lastSign && signs <= mostSigns; code++) if (set.test(String.fromCharCode(code))) signs++;
  return signs <= mostSigns;
}
