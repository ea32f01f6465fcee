import type { Policy } from '../schema.js';
import { keyWords } from '../words.js';
import { shield } from './rule.js';

/** What may stand between the words of a listed key: card_number, card[number]. */
export const joint = '[ _.+[\\]-]{0,2}';
/** Keys this short are written in capitals behind a small letter too: userPIN. */
const shortKey = 5;

const modifiers =
  'number|num|no|value|raw|text|string|hash|home|work|primary|main|old|new|current|confirm|confirmation|repeat|again';

/** Every listed key of the policy as one RE2 alternation, with or without signs between its words. */
function listedKeys(policy: Policy, wanted: (kind: string) => boolean = () => true): string {
  const keys = new Set<string>();
  for (const [name, kind] of Object.entries({ ...policy.kinds, ...policy.own })) {
    if (wanted(name)) for (const key of kind.keys ?? []) keys.add(keyWords(key).join(joint));
  }
  if (wanted('')) for (const key of policy.hashed_keys) keys.add(keyWords(key).join(joint));
  // In order of their letters, so that Go factors common beginnings out, and longer ones first: pin.code. A phrase that ends in a listed key adds nothing.
  const list = [...keys].filter(
    (key) => !key.split(joint).some((_, i, words) => i > 0 && keys.has(words.slice(i).join(joint))),
  );
  return list.sort().reverse().join('|');
}

/** A listed key with what may stand around it, as the first group of a rule: any case, or as the end of a camelCase name. */
export function keyPattern(policy: Policy, wanted?: (kind: string) => boolean): string {
  const keys = listedKeys(policy, wanted);
  const capitalised = keys.replace(
    /(^|\||\})(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
  const inCapitals = keys
    .split('|')
    .filter((key) => key.length <= shortKey)
    .map((key) => key.toUpperCase());
  const ending = `(?:[ _.-]?(?i:${modifiers}))?[0-9]{0,2}(?:[._]${shield}?[0-9]{1,2})?`;
  const inside = `\\p{L}(?:${capitalised})${inCapitals.length > 0 ? `|\\p{Ll}(?:${inCapitals.join('|')})` : ''}`;
  return `(?:(?:^|[^\\p{L}]|-D)(?i:${keys})|${inside})${ending}`;
}

/**
 * Literals of which every text with a listed key, a context word or a token's prefix holds one. Go finds a literal at the
 * speed of memory, an alternation of them at 100 ns a character: so each is asked for by itself.
 */
export function hintLiterals(policy: Policy, of: 'keys' | 'context' | 'forms'): string[] {
  const literals = new Set<string>();
  for (const kind of Object.values({ ...policy.kinds, ...policy.own })) {
    if (of === 'keys') for (const key of kind.keys ?? []) addWords(literals, keyWords(key));
    if (of === 'context') for (const phrase of kind.context ?? []) addWords(literals, keyWords(phrase));
    if (of === 'forms') for (const form of kind.forms ?? []) for (const hint of form.hint) literals.add(hint);
  }
  if (of === 'keys') for (const key of policy.hashed_keys) addWords(literals, keyWords(key));
  return withoutCovered([...literals]);
}

/** What may stand between the words of a phrase: driver's license, also as code prints it (driver\\'s). */
const gap = "[ _.'+\\\\[\\]-]{0,3}";

/** Words this short are parts of many others: they must end there. */
const shortWord = 4;

/** A phrase by its first words, up to its end; a word that is listed by itself stands for every phrase with it. The text is asked in lower case. */
function addWords(literals: Set<string>, words: readonly string[]): void {
  const [first = ''] = words;
  if (words.length > 1) literals.add(words.join(gap));
  else if (first.length > 1) literals.add(first.length > shortWord ? first : `${first}[^\\p{Ll}]`);
}

/** A literal that holds another one is never needed. */
function withoutCovered(literals: readonly string[]): string[] {
  const words = literals.map((literal) => literal.replace('[^\\p{Ll}]', ''));
  return literals.filter((literal) => {
    const parts = literal.split(gap);
    return !words.some(
      (word) =>
        word !== literal &&
        !word.includes('[') &&
        (parts.length > 1
          ? parts.includes(word) && (word.length > shortWord || parts.at(-1) === word)
          : word.length > shortWord && literal.includes(word)),
    );
  });
}
