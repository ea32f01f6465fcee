import { policyMark } from '../mark.js';
import type { Policy } from '../schema.js';
import { instructionsOf, onePassInstructions } from './one-pass.js';

/** A list of the policy that is too long to be told in one pass. */
export class ListError extends Error {}

/** Between a key and its value, and before each key, in the one text of a record's attributes. */
export const valueStart = '\x1f';
export const pairStart = '\x1e';

const [startOfValue, startOfPair] = ['\\x1f', '\\x1e'];

/**
 * A value that is nothing personal whatever its key says, as long as that is an ordinary one: a number of eight digits with or
 * without a fraction, an address of a machine, a UUID, an order's number, a word. A word is shorter than any token without a digit
 * or capital, but for those that begin with x. Told by each next sign, so that Go reads it in one pass.
 */
const plainValue = [
  '(?:-?(?:[0-9a-f]{1,8}(?:(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[.][0-9]+(?:[.][0-9]{1,3}){0,2})?)?',
  '(?:[g-wyz_][a-z._-]{0,16})?',
  '|[A-Z]{1,8}(?:-[0-9A-Z]{10})?)',
].join('');

/**
 * The attributes of an ordinary record, as one text: keys of the policy's `ordinary_keys` only, and each value plain, but for those that
 * may be any text. Anchored and told by each next sign (regexp's one-pass form, below 1000 instructions).
 */
export function ordinaryAttributes(policy: Policy): string {
  const { texts, values } = policy.ordinary_keys;
  const keys = new Map([
    ...values.map((key) => [key, ''] as const),
    ...texts.map((key) => [key, `${startOfValue}[^${startOfPair}${startOfValue}]*`] as const),
    ['redaction.policy', startOfValue + policyMark(policy)] as const,
    // A UUID, as the preload writes it, or a SHA-256, as the collector's own readers of files do.
    ['log.record.uid', `${startOfValue}[0-9a-f-]{36}[0-9a-f]*`] as const,
  ]);
  const list = branches([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
  return fitting('ordinary_keys', `^(?:${startOfPair}(?:(?:${list})(?:${startOfValue}${plainValue})?)?)*$`);
}

/** Signs that may stand within a number; those that may end a word; and all others of ASCII but those that encode, @ % + and backslash, and but <. */
const joining = '[ ()/.-]';
const ending = '[\\x00-$&-*,-/:-?[\\]-`{-\\x7f]';
const other = '[\\x00-\\x1f!-$&*,:;=>?[\\]-`{-\\x7f]';
/** What stands for a text that a record does not have; no other text of an ordinary record has a <. */
const missing = '<nil>\\n';

/**
 * A text in small letters of the policy's `ordinary_words` alone, with orders' numbers, and other numbers of six digits at most with what
 * joins them. It ends with a line break. One pass, as above.
 */
export function ordinaryText(policy: Policy): string {
  const words = policy.ordinary_words.map((word) => [word, ''] as const);
  const all = [...words, ['ord-', '[0-9a-z]{10}'] as const];
  return fitting(
    'ordinary_words',
    `^(?:${joining}*(?:[0-9]${joining}*){0,6}(?:${other}|${missing}|(?:${branches(all)})${ending}))*$`,
  );
}

/** What stands in the paths of files and requests; taken out of a text in small letters that is not ordinary with them. */
export const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const sqlSign = '[ \\n\\t(),.*<>?";=!|\\[\\]]';
const sqlWord = '[a-z][a-z_]*(?:[A-Z][a-z]+)*[0-9]?|[A-Z][A-Z_]{0,17}|[$][0-9][0-9]?';

/**
 * SQL that holds no value: keywords, names and parameters, without literals, comments or numbers. What a listed key is compared with is
 * then another name or a parameter: `password = $1`. Names are written as people write them: no token passes for one. One pass, as above.
 */
export const sqlWithoutValues = `^(?:${sqlWord})?(?:(?:${sqlSign}|::)(?:${sqlWord})?)*$`;

/** @throws ListError when the collector would read the expression slowly */
function fitting(field: string, expression: string): string {
  const count = instructionsOf(expression);
  if (count < onePassInstructions) return expression;
  throw new ListError(
    `privacy/policy.yaml: ${field} is too long to be told in one pass (${count} instructions, ${onePassInstructions - 1} fit): take out what is rare`,
  );
}

/** An alternation in which no two branches begin alike, with what follows each word. */
function branches(words: readonly (readonly [word: string, after: string])[]): string {
  const groups = new Map<string, [string, string][]>();
  for (const [word, after] of words) {
    const letter = word[0] ?? '';
    groups.set(letter, [...(groups.get(letter) ?? []), [word.slice(1), after]]);
  }
  return halves(
    [...groups].map(([letter, rests]) => {
      if (letter === '') return rests[0]?.[1] ?? '';
      const sign = letter === '.' ? '[.]' : letter;
      const inner = branches(rests);
      return inner.includes('|') ? `${sign}(?:${inner})` : sign + inner;
    }),
  );
}

/**
 * Go asks the branches of an alternation one after the other, and would join nested ones into one. The empty group behind each half keeps
 * it apart: of twenty branches the right one is found in five questions (20 % less for a text of ordinary words, measured).
 */
function halves(list: readonly string[]): string {
  if (list.length < 4) return list.join('|');
  const middle = list.length >> 1;
  return [list.slice(0, middle), list.slice(middle)].map((half) => `(?:${halves(half)})(?:)`).join('|');
}
