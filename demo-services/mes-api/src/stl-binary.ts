import type { Mesh } from './mesh.js';
import { ModelError } from './model-error.js';

/** 80 bytes of free text and the number of triangles as an unsigned 32-bit number, little-endian. */
export const HEAD_BYTES = 84;
const TRIANGLE_BYTES = 50;
const NORMAL_BYTES = 12;

/** How large a binary file with this head has to be. */
export function sizeOfBinary(head: Buffer): number {
  return HEAD_BYTES + TRIANGLE_BYTES * head.readUInt32LE(HEAD_BYTES - 4);
}

/** Reads binary STL: after the head, 50 bytes a triangle: its normal, its corners, and two bytes that nobody uses. */
export class BinaryStl {
  readonly #mesh: Mesh;
  readonly #corners = new Float32Array(9);
  #rest: Buffer = Buffer.alloc(0);
  #headLeft = HEAD_BYTES;

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
  }

  take(piece: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    let at = Math.min(this.#headLeft, bytes.length);
    this.#headLeft -= at;
    for (; at + TRIANGLE_BYTES <= bytes.length; at += TRIANGLE_BYTES) {
      // The normal is left out: what matters follows from the order of the corners.
      for (let n = 0; n < 9; n++) this.#corners[n] = bytes.readFloatLE(at + NORMAL_BYTES + n * 4);
      this.#mesh.add(this.#corners);
    }
    this.#rest = bytes.subarray(at);
  }

  finish(): void {
    if (this.#rest.length > 0 || this.#headLeft > 0) throw new ModelError('the file ends in the middle of a triangle');
  }
}
