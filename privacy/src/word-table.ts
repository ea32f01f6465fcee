import { commandWords } from './commands.js';
import type { Policy } from './schema.js';
import { keyWords } from './words.js';

/** Words are told by their first letters; shorter ones by all of theirs. */
export const wordLetters = 5;
export const shortestWord = 3;

export const unlisted = 0;
export const listed = 1;
/** A word that only matters beside a quote: SQL without a literal has nothing to hide. */
export const startsSql = 2;

const size = 1 << 14;
const letters = /^[a-zа-яё]+$/;
/** Words that stand in many ordinary texts: a key of several words is told by another of them. */
const commonWords = new Set(
  'customer client person name number date code order user new value main holder set'.split(' '),
);
const authSchemes = ['bearer', 'basic', 'digest', 'negotiate', 'token'];
const statements = ['select', 'insert', 'update', 'delete', 'values', 'merge', 'copy'];

/** The beginnings of listed keys and context words. */
export interface WordTable {
  /** What the word from start to end stands for; `hash` is that of its letters, lower case, by `wordHash`. */
  markOf(hash: number, text: string, start: number, end: number): number;
  /** Phrases without a word of letters to be told by, such as р/с. */
  readonly phrases: readonly string[];
}

export function wordTable(policy: Policy): WordTable {
  const marks = new Uint8Array(size);
  const beginnings = new Map<string, number>();
  const phrases: string[] = [];
  const add = (word: string, mark: number) => {
    if (word.length < shortestWord || !letters.test(word.slice(0, wordLetters))) {
      if (word.length >= shortestWord)
        phrases.push(word, word.toUpperCase(), (word[0] ?? '').toUpperCase() + word.slice(1));
      return;
    }
    const beginning = word.slice(0, wordLetters);
    let hash = 0;
    for (let i = 0; i < beginning.length; i++) hash = wordHash(hash, beginning.charCodeAt(i));
    marks[slotOf(hash)] = 1;
    if (beginnings.get(beginning) !== listed) beginnings.set(beginning, mark);
  };
  for (const kind of Object.values({ ...policy.kinds, ...policy.own })) {
    for (const key of kind.keys ?? []) add(tellingWord(key) || key, listed);
    for (const phrase of kind.context ?? []) add(tellingWord(phrase) || phrase, listed);
  }
  for (const key of policy.hashed_keys) add(tellingWord(key) || key, listed);
  for (const word of [...authSchemes, ...commandWords]) add(word, listed);
  for (const word of statements) add(word, startsSql);
  return {
    phrases,
    markOf(hash, text, start, end) {
      if (marks[slotOf(hash)] === 0) return unlisted;
      return beginnings.get(text.slice(start, end).toLowerCase()) ?? unlisted;
    },
  };
}

/** Takes one more letter into the hash of a word's beginning. */
export function wordHash(hash: number, code: number): number {
  return Math.imul(hash, 31) + code;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & (size - 1);
}

/** The word by which a listed key or context word is told. */
export function tellingWord(key: string): string {
  const words = keyWords(key).filter((word) => word.length >= shortestWord && letters.test(word));
  return words.find((word) => !commonWords.has(word)) ?? words.at(-1) ?? '';
}
