const INITIAL_SLOTS = 1 << 15;
const MAX_VERTICES = 2 ** 26;
const FORWARD = 1;
const BACKWARD = 16;
const PAIRED = FORWARD + BACKWARD;

export interface EdgeFaults {
  /** Edges that belong to one triangle only. */
  open: number;
  /** Edges of three or more triangles, or of two that face opposite ways. */
  tangled: number;
}

/** Counts how often the triangles of a mesh go along each edge, and in which direction. */
export class EdgeTable {
  #keys = new Float64Array(INITIAL_SLOTS);
  #counts = new Uint8Array(INITIAL_SLOTS);
  #size = 0;

  add(from: number, to: number): void {
    const forward = from < to;
    const [low, high] = forward ? [from, to] : [to, from];
    // One exact number for both ends; 0 marks a free slot and can't occur, since high is above 0.
    const key = low * MAX_VERTICES + high;
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = key;
      this.#size++;
    }
    const count = this.#counts[slot] ?? 0;
    const step = forward ? FORWARD : BACKWARD;
    // Four bits a direction; beyond 15 the edge is wrong anyway.
    if (((count / step) & 15) < 15) this.#counts[slot] = count + step;
    if (this.#size * 2 >= this.#keys.length) this.#grow();
  }

  /** On a closed surface every edge has exactly two triangles, and these go along it in opposite directions. */
  faults(): EdgeFaults {
    let open = 0;
    let tangled = 0;
    for (const count of this.#counts) {
      if (count === 0 || count === PAIRED) continue;
      if (count === FORWARD || count === BACKWARD) open++;
      else tangled++;
    }
    return { open, tangled };
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    const low = Math.floor(key / MAX_VERTICES);
    const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(key - low * MAX_VERTICES, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    this.#keys = new Float64Array(keys.length * 2);
    this.#counts = new Uint8Array(keys.length * 2);
    for (const [at, key] of keys.entries()) {
      if (key === 0) continue;
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#counts[slot] = counts[at] ?? 0;
    }
  }
}
