import type { Ring } from './ring.js';

export type StlFormat = 'binary' | 'ascii';

/** What may be wrong with a file: a triangle is missing, the count is wrong, or the end is. */
export type StlFault = 'open mesh' | 'wrong count' | 'cut';

const HEAD_BYTES = 84;
const TRIANGLE_BYTES = 50;
const CUT_BYTES = 25;

/** The ring as an STL file. */
export function stlFile({ corners }: Ring, format: StlFormat, fault?: StlFault): Buffer {
  const kept = fault === 'open mesh' ? corners.subarray(9) : corners;
  const file = format === 'binary' ? binary(kept) : ascii(kept);
  if (fault === 'wrong count') miscount(file, format);
  return fault === 'cut' ? file.subarray(0, file.length - CUT_BYTES) : file;
}

function binary(corners: Float32Array): Buffer {
  const triangles = corners.length / 9;
  const file = Buffer.alloc(HEAD_BYTES + triangles * TRIANGLE_BYTES);
  file.write('ring', 'latin1');
  file.writeUInt32LE(triangles, HEAD_BYTES - 4);
  for (let triangle = 0; triangle < triangles; triangle++) {
    const start = HEAD_BYTES + triangle * TRIANGLE_BYTES;
    for (const [n, coordinate] of normalOf(corners, triangle).entries()) file.writeFloatLE(coordinate, start + n * 4);
    for (let n = 0; n < 9; n++) file.writeFloatLE(corners[triangle * 9 + n] ?? 0, start + 12 + n * 4);
  }
  return file;
}

function ascii(corners: Float32Array): Buffer {
  const lines = ['solid ring'];
  // Nine digits bring back every 32-bit number exactly: equal corners stay equal.
  const text = (coordinate: number | undefined) => (coordinate ?? 0).toPrecision(9);
  for (let triangle = 0; triangle < corners.length / 9; triangle++) {
    lines.push(`  facet normal ${normalOf(corners, triangle).map(text).join(' ')}`, '    outer loop');
    for (let corner = 0; corner < 3; corner++) {
      const at = triangle * 9 + corner * 3;
      lines.push(`      vertex ${text(corners[at])} ${text(corners[at + 1])} ${text(corners[at + 2])}`);
    }
    lines.push('    endloop', '  endfacet');
  }
  lines.push('endsolid ring', '');
  return Buffer.from(lines.join('\n'), 'latin1');
}

function miscount(file: Buffer, format: StlFormat): void {
  if (format === 'ascii') throw new Error('an ASCII file has no count of its triangles');
  file.writeUInt32LE(file.readUInt32LE(HEAD_BYTES - 4) + 1, HEAD_BYTES - 4);
}

function normalOf(corners: Float32Array, triangle: number): number[] {
  const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = corners.subarray(triangle * 9);
  const [px, py, pz, qx, qy, qz] = [bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az];
  const normal = [py * qz - pz * qy, pz * qx - px * qz, px * qy - py * qx];
  const length = Math.hypot(...normal) || 1;
  return normal.map((part) => part / length);
}
