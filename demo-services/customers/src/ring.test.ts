import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { generateRing, MAX_TRIANGLES, MIN_TRIANGLES } from './ring.js';
import { stlFile } from './stl.js';

const SIZES = [MIN_TRIANGLES, 12_000, 50_000, MAX_TRIANGLES];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

describe('the ring generator', () => {
  it('gives the same bytes for the same seed and others for another', () => {
    const digest = (seed: number) =>
      createHash('sha256')
        .update(stlFile(generateRing(seed, 6_000), 'binary'))
        .digest('hex');
    assert.equal(digest(7), digest(7));
    assert.notEqual(digest(7), digest(8));
  });

  it('comes within 2 % of the triangles asked for, and says how many they are', () => {
    for (const wanted of SIZES) {
      const { triangles, corners } = generateRing(11, wanted);
      assert.equal(corners.length, triangles * 9);
      assert.ok(Math.abs(triangles - wanted) / wanted < 0.02, `${triangles} for ${wanted}`);
    }
  });

  it('makes solids within 0.5 % of the volume that Pappus gives', () => {
    for (const seed of SEEDS) {
      for (const size of SIZES.slice(0, 3)) {
        const { corners, volumeMm3 } = generateRing(seed, size);
        const off = Math.abs(volumeOf(corners) - volumeMm3) / volumeMm3;
        assert.ok(off < 0.005, `seed ${seed}, ${size} triangles: ${(off * 100).toFixed(3)} % off`);
      }
    }
  });

  it('goes along each edge once in each direction', () => {
    for (const seed of SEEDS) assert.equal(unpairedEdges(generateRing(seed, MIN_TRIANGLES).corners), 0);
  });

  it('refuses a size that is out of range', () => {
    assert.throws(() => generateRing(1, MIN_TRIANGLES - 1), /5000 to 200000 triangles, not 4999/);
    assert.throws(() => generateRing(1, Number.NaN), /not NaN/);
  });
});

describe('an STL file of a ring', () => {
  const ring = generateRing(3, 5_000);

  it('is binary with its count, or ASCII with a facet a triangle', () => {
    const binary = stlFile(ring, 'binary');
    assert.equal(binary.readUInt32LE(80), ring.triangles);
    assert.equal(binary.length, 84 + 50 * ring.triangles);
    const ascii = stlFile(ring, 'ascii').toString();
    assert.equal(ascii.match(/endfacet/g)?.length, ring.triangles);
    assert.ok(ascii.startsWith('solid ring\n') && ascii.endsWith('endsolid ring\n'));
  });

  it('holds the same corners in both formats', () => {
    const [first = ''] =
      stlFile(ring, 'ascii')
        .toString()
        .match(/vertex .*/) ?? [];
    const coordinates = first
      .split(' ')
      .slice(1)
      .map((word) => Math.fround(Number(word)));
    assert.deepEqual(coordinates, [...ring.corners.subarray(0, 3)]);
  });

  it('can have a hole, a wrong count or no end', () => {
    const open = stlFile(ring, 'binary', 'open mesh');
    assert.equal(open.readUInt32LE(80), ring.triangles - 1);
    assert.equal(open.length, 84 + 50 * (ring.triangles - 1));
    const wrong = stlFile(ring, 'binary', 'wrong count');
    assert.notEqual(84 + 50 * wrong.readUInt32LE(80), wrong.length);
    assert.ok(stlFile(ring, 'ascii', 'cut').length < stlFile(ring, 'ascii').length);
  });
});

function volumeOf(corners: Float32Array): number {
  let sixfold = 0;
  for (let at = 0; at < corners.length; at += 9) {
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = corners.subarray(at, at + 9);
    sixfold += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sixfold / 6;
}

function unpairedEdges(corners: Float32Array): number {
  const balance = new Map<string, number>();
  const name = (at: number) => corners.subarray(at, at + 3).join(',');
  for (let at = 0; at < corners.length; at += 9) {
    const [a, b, c] = [name(at), name(at + 3), name(at + 6)];
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      const key = from < to ? `${from}|${to}` : `${to}|${from}`;
      balance.set(key, (balance.get(key) ?? 0) + (from < to ? 1 : 1_000));
    }
  }
  return [...balance.values()].filter((count) => count !== 1_001).length;
}
