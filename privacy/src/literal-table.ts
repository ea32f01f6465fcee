import { entityLiterals } from './entities.js';
import type { Policy } from './schema.js';
import { space } from './signs.js';

/** Latin letters from the most to the least frequent in English; other signs count as rare. */
const frequentFirst = ' etaoinshrdlcumwfgypbvkxjqz.-/:';

const noBreakSpace = 0xa0;

/** Literals of the policy that may stand anywhere in a text, told by the rarest two neighbouring signs of each. */
export interface LiteralTable {
  /** By two signs of seven bits each, of which those of the space are the no-break space's too: 0 where no literal may stand. */
  readonly pairs: Uint8Array;
  /** Whether a literal stands around this place, whose sign and the one before are in the table. */
  standsAt(text: string, at: number): boolean;
}

interface Candidate {
  readonly literal: string;
  /** Where its rarest pair ends, and the signs of that. */
  readonly offset: number;
  readonly before: number;
  readonly code: number;
}

const none: Candidate[] = [];

export function literalTable(policy: Policy, phrases: readonly string[]): LiteralTable {
  const literals = new Set([...phrases, ...entityLiterals]);
  for (const kind of Object.values({ ...policy.kinds, ...policy.own }))
    for (const form of kind.forms ?? []) {
      // A form of a page writes a space as +.
      for (const hint of form.hint) literals.add(hint).add(hint.replaceAll(' ', '+'));
    }
  const pairs = new Uint8Array(1 << 14);
  const candidates: Candidate[][] = [none];
  for (const literal of literals) {
    const offset = rarestPair(literal);
    const [before, code] = [literal.charCodeAt(offset - 1), literal.charCodeAt(offset)];
    const pair = pairOf(before, code);
    if (pairs[pair] === 0) pairs[pair] = candidates.push(none) - 1;
    const place = pairs[pair] ?? 0;
    candidates[place] = [...(candidates[place] ?? none), { literal, offset, before, code }];
  }
  return {
    pairs,
    standsAt(text, at) {
      const before = plain(text.charCodeAt(at - 1));
      const code = plain(text.charCodeAt(at));
      for (const candidate of candidates[pairs[pairOf(before, code)] ?? 0] ?? none) {
        // Seven bits are the same for 4 and д: most of what the table takes for a pair is none.
        if (candidate.before !== before || candidate.code !== code) continue;
        if (standsThere(text, at - candidate.offset, candidate.literal)) return true;
      }
      return false;
    },
  };
}

function plain(code: number): number {
  return code === noBreakSpace ? space : code;
}

/** A space of the literal may be one that doesn't break the line. */
function standsThere(text: string, start: number, literal: string): boolean {
  for (let i = 0; i < literal.length; i++) {
    if (plain(text.charCodeAt(start + i)) !== literal.charCodeAt(i)) return false;
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
