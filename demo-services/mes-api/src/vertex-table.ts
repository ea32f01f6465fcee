const INITIAL_SLOTS = 1 << 14;

/** Gives equal corners of triangles the same number: an STL file repeats each corner in every triangle that has it. */
export class VertexTable {
  readonly #bits = new Int32Array(3);
  readonly #point = new Float32Array(this.#bits.buffer);
  #corners = new Int32Array((INITIAL_SLOTS / 2) * 3);
  #slots = new Int32Array(INITIAL_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the corner, from 0; corners are equal when their 32-bit coordinates are. */
  numberOf(x: number, y: number, z: number): number {
    // Adding 0 makes 0 of -0, which has other bits but is the same place.
    this.#point[0] = x + 0;
    this.#point[1] = y + 0;
    this.#point[2] = z + 0;
    const [a = 0, b = 0, c = 0] = this.#bits;
    const mask = this.#slots.length - 1;
    for (let slot = hash(a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return this.#add(slot, a, b, c);
      if (
        this.#corners[number * 3] === a &&
        this.#corners[number * 3 + 1] === b &&
        this.#corners[number * 3 + 2] === c
      ) {
        return number;
      }
    }
  }

  #add(slot: number, a: number, b: number, c: number): number {
    const number = this.#size++;
    this.#corners.set([a, b, c], number * 3);
    this.#slots[slot] = number + 1;
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const corners = new Int32Array(this.#corners.length * 2);
    corners.set(this.#corners);
    this.#corners = corners;
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#size; number++) {
      const at = number * 3;
      let slot = hash(corners[at] ?? 0, corners[at + 1] ?? 0, corners[at + 2] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
