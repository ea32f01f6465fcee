/** Field types of the protobuf wire format, the low three bits of a tag. */
const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

const FIRST_BYTES = 16_384;
/** What a writer keeps for the next batch; a greater buffer, after a few huge records, is given back. */
const MOST_KEPT_BYTES = 524_288;
/** Up to here a loop over the characters is cheaper than the call out of JavaScript. */
const SHORT_CHARS = 48;
const LONGEST_VARINT = 10;
const TWO_32 = 2 ** 32;

/** Writes protobuf fields one after the other into a buffer that grows. Field numbers are below 16 where a tag is one byte. */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Bytes written so far. */
  length = 0;

  /** A copy of what was written; the writer begins anew. */
  take(): Uint8Array {
    const taken = new Uint8Array(this.#bytes.subarray(0, this.length));
    this.length = 0;
    if (this.#bytes.length > MOST_KEPT_BYTES) this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
    return taken;
  }

  /**
   * Begins a message whose length is not known yet. @param reserved bytes that its length most likely takes
   * @returns what `close` wants
   */
  open(field: number, reserved: 1 | 2 = 1): number {
    this.#reserve(LONGEST_VARINT);
    this.#tag(field, DELIMITED);
    this.length += reserved;
    return this.length;
  }

  close(start: number, reserved: 1 | 2 = 1): void {
    const size = this.length - start;
    const needed = size < 128 ? 1 : size < 16_384 ? 2 : size < 2_097_152 ? 3 : 4;
    if (needed !== reserved) {
      this.#reserve(4);
      this.#bytes.copyWithin(start - reserved + needed, start, this.length);
    }
    this.length = start - reserved;
    this.#varint(size);
    this.length += size;
  }

  string(field: number, text: string): void {
    this.#reserve(LONGEST_VARINT);
    this.#tag(field, DELIMITED);
    const { length } = text;
    if (length > SHORT_CHARS) {
      this.#utf8(text);
      return;
    }
    this.#reserve(length + 1);
    const bytes = this.#bytes;
    const start = this.length + 1;
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 127) {
        this.#utf8(text);
        return;
      }
      bytes[start + at] = code;
    }
    bytes[this.length] = length;
    this.length = start + length;
  }

  #utf8(text: string): void {
    const size = Buffer.byteLength(text);
    this.#reserve(size + LONGEST_VARINT);
    this.#varint(size);
    this.length += this.#bytes.write(text, this.length);
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.#reserve(bytes.length + 2 * LONGEST_VARINT);
    this.#tag(field, DELIMITED);
    this.#varint(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** An id that is written in hexadecimal digits. */
  hex(field: number, digits: string): void {
    const size = digits.length >> 1;
    this.#reserve(size + 2 * LONGEST_VARINT);
    this.#tag(field, DELIMITED);
    this.#varint(size);
    const bytes = this.#bytes;
    const start = this.length;
    for (let at = 0; at < size; at += 1) {
      bytes[start + at] = (nibble(digits.charCodeAt(2 * at)) << 4) | nibble(digits.charCodeAt(2 * at + 1));
    }
    this.length = start + size;
  }

  /** A whole number, also a negative one. */
  integer(field: number, value: number): void {
    this.#reserve(2 * LONGEST_VARINT);
    this.#tag(field, VARINT);
    if (value >= 0 && value < TWO_32) this.#varint(value);
    else this.#longVarint(BigInt.asUintN(64, BigInt(value)));
  }

  double(field: number, value: number): void {
    this.#reserve(LONGEST_VARINT);
    this.#tag(field, FIXED64);
    this.length = this.#bytes.writeDoubleLE(value, this.length);
  }

  fixed32(field: number, value: number): void {
    this.#reserve(LONGEST_VARINT);
    this.#tag(field, FIXED32);
    this.#halfOf64(value);
  }

  /** A moment or duration as nanoseconds in 64 bits; in halves, since 64 bits are more than a number holds exactly. */
  nanoseconds(field: number, time: readonly [number, number]): void {
    const seconds = time[0];
    const rest = Math.trunc(time[1]);
    this.#reserve(LONGEST_VARINT);
    this.#tag(field, FIXED64);
    const upper = Math.floor(seconds / 65_536) * 1e9;
    const lower = (upper % 65_536) * 65_536 + (seconds % 65_536) * 1e9 + rest;
    this.#halfOf64(lower % TWO_32);
    this.#halfOf64(Math.floor(upper / 65_536) + Math.floor(lower / TWO_32));
  }

  /** Little-endian. */
  #halfOf64(value: number): void {
    const bytes = this.#bytes;
    const start = this.length;
    bytes[start] = value;
    bytes[start + 1] = value >>> 8;
    bytes[start + 2] = value >>> 16;
    bytes[start + 3] = value >>> 24;
    this.length = start + 4;
  }

  #tag(field: number, type: number): void {
    const tag = (field << 3) | type;
    if (tag < 128) this.#bytes[this.length++] = tag;
    else this.#varint(tag);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.length++] = rest;
  }

  #longVarint(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.#bytes[this.length++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.#bytes[this.length++] = Number(rest);
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}

function nibble(code: number): number {
  if (code <= 57) return code - 48;
  return code >= 97 ? code - 87 : code - 55;
}
