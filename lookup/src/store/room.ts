import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What an answer may take of memory and time, in characters of text. */
export interface TextLimits {
  /** Of one text; what is longer is cut there and named in the entry's `cut`. */
  readonly maxText: number;
  /** Of all texts that are kept. */
  readonly maxKept: number;
  /** Of all texts that are read, before they are cut. */
  readonly maxTaken: number;
}

export const textLimits: TextLimits = { maxText: 20_000, maxKept: 32 * 1024 * 1024, maxTaken: 256 * 1024 * 1024 };

/** In characters; a story of a usual size never comes to it. */
const releaseEvery = 12 * 1024 * 1024;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** How much room is left for texts: shared by all that reads for one answer. */
export class Room {
  #kept = 0;
  #taken = 0;
  #takenBeforeRelease = 0;
  readonly limits: TextLimits;

  constructor(limits: TextLimits = textLimits) {
    this.limits = limits;
  }

  get isFull(): boolean {
    return this.#kept >= this.limits.maxKept || this.#taken >= this.limits.maxTaken;
  }

  /** To be called when a page has been read: what is left of pages of megabytes is given back, where V8 would let it pile up first. */
  pageIsRead(): void {
    if (this.#taken - this.#takenBeforeRelease < releaseEvery) return;
    this.#takenBeforeRelease = this.#taken;
    collectGarbage();
  }

  /** Takes a text: all of it, or its beginning. */
  text(text: string): string {
    const kept = beginningOf(text, this.limits.maxText);
    this.#taken += text.length;
    this.#kept += kept.length;
    return kept;
  }
}

/** Never ends between the halves of a surrogate pair. What is cut off is given back: a plain slice would keep the whole text alive. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le');
}
