import { entityLiterals } from './entities.js';
import type { Policy } from './schema.js';
import { space } from './signs.js';

/** Latin letters from the most to the least frequent in English; other signs count as rare. */
const frequentFirst = ' etaoinshrdlcumwfgypbvkxjqz.-/:';

const noBreakSpace = 0xa0;

/** Literals of the policy that may stand anywhere in a text, told by the rarest two neighbouring signs of each. */
export interface LiteralTable {
  /** By two signs of seven bits each, of which those of the space are the no-break space's too: 1 when a literal may stand there. */
  readonly pairs: Uint8Array;
  /** Whether a literal stands around this place, whose sign and the one before are in the table. */
  standsAt(text: string, at: number): boolean;
}

export function literalTable(policy: Policy, phrases: readonly string[]): LiteralTable {
  const literals = new Set([...phrases, ...entityLiterals]);
  for (const kind of Object.values({ ...policy.kinds, ...policy.own }))
    for (const form of kind.forms ?? []) {
      // A form of a page writes a space as +.
      for (const hint of form.hint) literals.add(hint).add(hint.replaceAll(' ', '+'));
    }
  const pairs = new Uint8Array(1 << 14);
  const byPair = new Map<number, { literal: string; offset: number }[]>();
  for (const literal of literals) {
    const offset = rarestPair(literal);
    const pair = pairOf(literal.charCodeAt(offset - 1), literal.charCodeAt(offset));
    pairs[pair] = 1;
    byPair.set(pair, [...(byPair.get(pair) ?? []), { literal, offset }]);
  }
  return {
    pairs,
    standsAt(text, at) {
      const here = byPair.get(pairOf(text.charCodeAt(at - 1), text.charCodeAt(at)));
      return here?.some(({ literal, offset }) => standsThere(text, at - offset, literal)) ?? false;
    },
  };
}

/** A space of the literal may be one that doesn't break the line. */
function standsThere(text: string, start: number, literal: string): boolean {
  if (text.startsWith(literal, start)) return true;
  for (let i = 0; i < literal.length; i++) {
    const code = text.charCodeAt(start + i);
    if ((code === noBreakSpace ? space : code) !== literal.charCodeAt(i)) return false;
  }
  return true;
}

/** Two signs as an index of the table. */
export function pairOf(before: number, code: number): number {
  return ((before & 127) << 7) | (code & 127);
}

/** Where the second sign of the rarest pair of a literal stands. */
function rarestPair(literal: string): number {
  let best = 1;
  for (let at = 2; at < literal.length; at++) if (rarity(literal, at) > rarity(literal, best)) best = at;
  return best;
}

function rarity(literal: string, at: number): number {
  const of = (sign: string | undefined) => {
    const rank = frequentFirst.indexOf(sign ?? '');
    return rank < 0 ? frequentFirst.length : rank;
  };
  return of(literal[at - 1]) * of(literal[at]) + of(literal[at - 1]) + of(literal[at]);
}
