/** Slots for texts that were found to hold nothing; a power of two. */
const slots = 4_096;
const longestKnown = 100;

/**
 * Texts that were looked at lately and hold nothing: names, states and bodies of events come again and again. Each has one
 * slot, told by its length and a few of its signs, and a newer text takes it: no hash of the whole text is made, which would
 * cost more than looking at an id that never comes again.
 */
export class KnownTexts {
  readonly #texts: string[] = new Array(slots).fill('');
  /** The marks of the texts: another mark spares the look at the text itself. */
  readonly #marks = new Int32Array(slots);

  has(text: string): boolean {
    if (text.length > longestKnown || text.length === 0) return false;
    const mark = markOf(text);
    const slot = slotOf(mark);
    return this.#marks[slot] === mark && this.#texts[slot] === text;
  }

  add(text: string): void {
    if (text.length > longestKnown || text.length === 0) return;
    const mark = markOf(text);
    const slot = slotOf(mark);
    this.#marks[slot] = mark;
    this.#texts[slot] = text;
  }
}

function markOf(text: string): number {
  const { length } = text;
  const ends = (text.charCodeAt(0) << 21) ^ (text.charCodeAt(length - 1) << 14);
  return (ends ^ (text.charCodeAt(length >> 1) << 7) ^ text.charCodeAt(length >> 2) ^ (length << 24)) | 0;
}

function slotOf(mark: number): number {
  return (mark ^ (mark >>> 9) ^ (mark >>> 18)) & (slots - 1);
}
