import { type Measured, Mesh } from './mesh.js';
import { ModelError } from './model-error.js';
import { AsciiStl } from './stl-ascii.js';
import { BinaryStl, HEAD_BYTES, sizeOfBinary } from './stl-binary.js';

/** A reader that takes the file piece by piece. */
export interface StlReader {
  take(piece: Buffer): void;
  /** Throws a ModelError where the file is not complete. */
  finish(): void;
}

/**
 * Measures the model in an STL file, binary or ASCII, while it streams in. `sizeBytes` is what the store says of the file's
 * size. Throws a ModelError with the reason for a file that is no STL, cut, miscounted, not closed or not numeric.
 */
export async function measureStl(file: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<Measured> {
  const mesh = new Mesh();
  let reader: StlReader | undefined;
  let head: Buffer = Buffer.alloc(0);
  let received = 0;
  for await (const piece of file) {
    received += piece.length;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    if (reader) {
      reader.take(bytes);
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < HEAD_BYTES) continue;
    reader = readerFor(head, sizeBytes, mesh);
    reader.take(head);
  }
  if (received !== sizeBytes) throw new Error(`the file has ${sizeBytes} bytes, but ${received} arrived`);
  if (!reader) {
    reader = readerFor(head, sizeBytes, mesh);
    reader.take(head);
  }
  reader.finish();
  return mesh.measure();
}

// Binary files may begin with 'solid' too, so the size decides first. What is neither is told by its bytes: text has no zeros.
function readerFor(head: Buffer, sizeBytes: number, mesh: Mesh): StlReader {
  if (head.length >= HEAD_BYTES && sizeOfBinary(head) === sizeBytes) return new BinaryStl(mesh);
  if (isText(head) && /^\s*solid\b/.test(head.toString('latin1'))) return new AsciiStl(mesh);
  if (head.length < HEAD_BYTES) throw new ModelError('the file is too short for an STL model');
  if (isText(head)) throw new ModelError("the file is no STL model: it is text that does not begin with 'solid'");
  const declared = head.readUInt32LE(HEAD_BYTES - 4);
  const held = Math.floor((sizeBytes - HEAD_BYTES) / 50);
  throw new ModelError(`the model says that it has ${declared} triangles, but the file holds ${held}`);
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, 512).includes(0);
}
