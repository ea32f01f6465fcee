/** A word that makes a text suspect. */
export interface SuspectWord {
  readonly word: string;
  /** Whether it counts only as a whole word; else anything that begins with it does. */
  readonly whole: boolean;
}

interface Node {
  readonly children: Map<string, Node>;
  whole: boolean;
  beginning: boolean;
}

/** Instructions of a program that Go still runs as one pass (regexp/syntax: fewer than 1000), with room. */
const mostNodes = 160;

/**
 * An expression that matches a text of small letters in which none of the words begins after a sign that is no letter. At each sign
 * one branch fits, so Go runs it in one pass, at 10 ns a character; an alternation of the words costs 100.
 * @param words one of `partsOf`
 * @param others signs that may stand between words, as the inside of a class
 */
export function withoutWords(words: readonly SuspectWord[], others: string): string {
  return `^(?:[${others}](?:${branches(trieOf(words))})?)*$`;
}

function group(node: Node): string {
  // A whole word must go on to be another one.
  return `(?:${branches(node)})${node.whole ? '' : '?'}`;
}

function branches(node: Node): string {
  const below = [...node.children]
    .filter(([, child]) => !child.beginning)
    .map(([letter, child]) => letter + group(child));
  const others = ranges([...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !node.children.has(letter)));
  return [...below, ...(others ? [`[${others}][a-z]*`] : [])].join('|');
}

/** abcdf as a-df, the inside of a class: the collector reads a long statement slowly. */
function ranges(letters: readonly string[]): string {
  const next = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 1);
  return letters
    .filter((letter, i) => letters[i - 1] === undefined || next(letters[i - 1] ?? '') !== letter)
    .map((first) => {
      let last = first;
      while (letters.includes(next(last))) last = next(last);
      return first === last ? first : `${first}-${last}`;
    })
    .join('');
}

function trieOf(words: readonly SuspectWord[]): Node {
  const root: Node = { children: new Map(), whole: false, beginning: false };
  for (const { word, whole } of words) {
    let node = root;
    for (const letter of word) {
      const next = node.children.get(letter) ?? { children: new Map(), whole: false, beginning: false };
      node.children.set(letter, next);
      node = next;
    }
    if (whole) node.whole = true;
    else node.beginning = true;
  }
  return root;
}

/** Parts of the list, by their letters, whose expressions are small enough for one pass. */
export function partsOf(words: readonly SuspectWord[]): SuspectWord[][] {
  const sorted = [...words].sort((a, b) => (a.word < b.word ? -1 : 1));
  const parts: SuspectWord[][] = [[]];
  for (const word of sorted) {
    const part = parts.at(-1) ?? [];
    if (size(trieOf([...part, word])) > mostNodes) parts.push([word]);
    else part.push(word);
  }
  return parts;
}

function size(node: Node): number {
  return 1 + [...node.children.values()].reduce((sum, child) => sum + (child.beginning ? 0 : size(child)), 0);
}
