import type { Policy } from './schema.js';
import { keyWords } from './words.js';

/** Digits near each other from which on a number could be a form of the policy by itself (a passport has ten, a phone nine). */
const fewestDigits = 9;
/** Capitals and digits without a break, of which some are digits: national numbers with letters. */
const fewestCodeSigns = 9;
const fewestCodeDigits = 4;
const farthestDigits = 3;
/** Texts shorter than this can't hold anything but by their key. */
const shortestText = 5;
/** Words are told by their first letters; shorter ones by all of theirs. */
const wordLetters = 5;
const shortestWord = 3;

const gap = 0;
const digit = 1;
const upper = 2;
const lower = 3;
const signal = 4;
const separator = 5;
const quote = 6;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/\d/.test(char)) classes[code] = digit;
  else if (/[A-Z]/.test(char)) classes[code] = upper;
  else if (/[a-z]/.test(char)) classes[code] = lower;
  else if (/[@%\\]/.test(char)) classes[code] = signal;
  else if (/['$]/.test(char)) classes[code] = quote;
  else if (/[:;,"<>{}[\]|=_]/.test(char)) classes[code] = separator;
}

/** Tables by hash: the beginnings of words, and three signs of literals that may stand anywhere. */
const tableSize = 1 << 18;
const listedWord = 1;
/** A word that only matters beside a quote: SQL without a literal has nothing to hide. */
const sqlWord = 2;

interface Tables {
  readonly words: Uint8Array;
  readonly literals: Uint8Array;
}

/**
 * Decides in one pass over the characters whether a text can hold anything personal: enough digits near each other, an @,
 * an escape, a sign from beyond the usual scripts, or the beginning of a word or literal of the policy. It may say yes for
 * nothing, and never no for something; what it costs is what an ordinary record costs.
 */
export function compileCheapPass(policy: Policy): (text: string) => boolean {
  const tables = { words: new Uint8Array(tableSize), literals: new Uint8Array(tableSize) };
  for (const kind of Object.values({ ...policy.kinds, ...policy.own })) {
    for (const key of kind.keys ?? []) addWord(tables, tellingWord(key));
    for (const phrase of kind.context ?? []) addWord(tables, tellingWord(phrase) || phrase);
    for (const form of kind.forms ?? []) for (const hint of form.hint) addLiteral(tables, hint);
  }
  for (const key of policy.hashed_keys) addWord(tables, tellingWord(key));
  for (const word of ['bearer', 'basic', 'digest', 'negotiate', 'token']) addWord(tables, word);
  for (const word of ['select', 'insert', 'update', 'delete', 'values', 'merge', 'copy'])
    addWord(tables, word, sqlWord);
  return (text) => mayHold(text, tables);
}

/** Words that stand in many ordinary texts: a key of several words is told by another of them. */
const commonWords = new Set('customer client person name number date code order user new value main holder'.split(' '));

function tellingWord(key: string): string {
  const words = keyWords(key).filter((word) => word.length >= shortestWord && /^\p{L}+$/u.test(word));
  return words.find((word) => !commonWords.has(word)) ?? words.at(-1) ?? '';
}

function addWord(tables: Tables, word: string, mark = listedWord): void {
  if (!/^\p{L}{3,}/u.test(word)) {
    addLiteral(tables, word);
    return;
  }
  let hash = 0;
  for (let i = 0; i < Math.min(wordLetters, word.length); i++) hash = Math.imul(hash, 31) + word.charCodeAt(i);
  const slot = slotOf(hash);
  if (tables.words[slot] !== listedWord) tables.words[slot] = mark;
}

function addLiteral({ literals }: Tables, literal: string): void {
  if (literal.length < shortestWord) return;
  let hash = 0;
  for (let i = 0; i < 3; i++) hash = rolled(hash, literal.charCodeAt(i));
  literals[spread(hash)] = 1;
}

/** The last three signs of seven bits each. */
function rolled(hash: number, code: number): number {
  return ((hash << 7) ^ code) & 0x1fffff;
}

function spread(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> 14;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & (tableSize - 1);
}

function mayHold(text: string, { words, literals }: Tables): boolean {
  const { length } = text;
  if (length < shortestText) return false;
  let literalHash = 0;
  let wordHash = 0;
  let wordLength = 0;
  let digits = 0;
  let sinceDigit = 0;
  let codeSigns = 0;
  let codeDigits = 0;
  let previous = gap;
  let sqlSeen = false;
  let quoteSeen = false;
  for (let i = 0; i < length; i++) {
    let code = text.charCodeAt(i);
    literalHash = rolled(literalHash, code);
    if (literals[spread(literalHash)] === 1 && i >= 2) return true;
    let kind = lower;
    if (code < 128) kind = classes[code] as number;
    else if (code >= 0x660 || code === 0xad) return true;
    else if (code === 0xa0) kind = gap;
    else if (code >= 0x400 && code <= 0x42f) kind = upper;
    if (kind === lower || kind === upper) {
      if (wordLength > 0 && kind === upper && previous === lower) {
        if (wordLength >= shortestWord && wordLength < wordLetters && words[slotOf(wordHash)] === listedWord)
          return true;
        wordLength = 0;
      }
      if (wordLength === 0) wordHash = 0;
      if (++wordLength <= wordLetters) {
        if (kind === upper) code = code < 128 ? code | 32 : code < 0x410 ? code + 80 : code + 32;
        wordHash = Math.imul(wordHash, 31) + code;
        if (wordLength === wordLetters) {
          const mark = words[slotOf(wordHash)];
          if (mark === listedWord) return true;
          if (mark === sqlWord) sqlSeen = true;
        }
      }
      sinceDigit = farthestDigits + 1;
      if (kind === lower) codeSigns = codeDigits = 0;
      else if (++codeSigns >= fewestCodeSigns && codeDigits >= fewestCodeDigits) return true;
    } else {
      if (wordLength >= shortestWord && wordLength < wordLetters) {
        const mark = words[slotOf(wordHash)];
        if (mark === listedWord) return true;
        if (mark === sqlWord) sqlSeen = true;
      }
      wordLength = 0;
      if (kind === digit) {
        if (sinceDigit > farthestDigits) digits = 0;
        sinceDigit = 0;
        codeDigits++;
        if (++digits >= fewestDigits || (++codeSigns >= fewestCodeSigns && codeDigits >= fewestCodeDigits)) return true;
      } else {
        if (kind === signal) return true;
        if (kind === quote) quoteSeen = true;
        sinceDigit = kind === gap ? sinceDigit + 1 : farthestDigits + 1;
        codeDigits = 0;
        // What follows - . or _ is a part of an identifier, such as ORD-7K2ABCDE45.
        codeSigns = code === 45 || code === 46 || code === 95 ? -length : 0;
      }
    }
    previous = kind;
  }
  if (wordLength >= shortestWord && wordLength < wordLetters && words[slotOf(wordHash)] === listedWord) return true;
  return sqlSeen && quoteSeen;
}
