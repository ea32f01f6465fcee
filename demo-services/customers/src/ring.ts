import { randomFrom } from './random.js';

export interface Ring {
  /** Nine coordinates a triangle, millimetres. */
  corners: Float32Array;
  triangles: number;
  /** Of the smooth ring, by Pappus' theorem: the section's area times the way of its centre. */
  volumeMm3: number;
}

export const MIN_TRIANGLES = 5_000;
export const MAX_TRIANGLES = 200_000;
const LONGER_AROUND = 3;

/**
 * A ring with an oval section that may turn once on its way around, lying anywhere in space. The same seed gives the same
 * ring. The number of triangles is the nearest that a regular mesh can have.
 */
export function generateRing(seed: number, wantedTriangles: number): Ring {
  if (!(wantedTriangles >= MIN_TRIANGLES && wantedTriangles <= MAX_TRIANGLES)) {
    throw new RangeError(`a ring has ${MIN_TRIANGLES} to ${MAX_TRIANGLES} triangles, not ${wantedTriangles}`);
  }
  const random = randomFrom(seed);
  const across = Math.round(Math.sqrt(wantedTriangles / 2 / LONGER_AROUND));
  const around = Math.round(wantedTriangles / 2 / across);
  const radius = random.between(8, 11);
  const width = random.between(0.9, 1.6);
  const height = random.between(0.8, 1.2);
  const turns = random.pick([0, 0, 1]);
  const place = placement(random.between(0, Math.PI), random.between(0, Math.PI), random.between(-20, 20));

  // The corners lie a little outside the smooth ring, so that what the flat triangles cut off and what they add is equal.
  const swell = 1 / Math.sqrt(flatness(around) * flatness(across));
  const points = new Float32Array(around * across * 3);
  for (let u = 0; u < around; u++) {
    const angle = (2 * Math.PI * u) / around;
    for (let v = 0; v < across; v++) {
      const section = (2 * Math.PI * v) / across;
      const [a, b] = [width * swell * Math.cos(section), height * swell * Math.sin(section)];
      const twist = turns * angle;
      const out = radius + a * Math.cos(twist) - b * Math.sin(twist);
      const up = a * Math.sin(twist) + b * Math.cos(twist);
      points.set(place(out * Math.cos(angle), out * Math.sin(angle), up), (u * across + v) * 3);
    }
  }
  const volumeMm3 = 2 * Math.PI * radius * Math.PI * width * height;
  return { corners: trianglesOf(points, around, across), triangles: around * across * 2, volumeMm3 };
}

// The share of a circle's area that a regular polygon with its corners on the circle has.
function flatness(corners: number): number {
  const step = (2 * Math.PI) / corners;
  return Math.sin(step) / step;
}

function placement(tilt: number, roll: number, shift: number) {
  const [ct, st, cr, sr] = [Math.cos(tilt), Math.sin(tilt), Math.cos(roll), Math.sin(roll)];
  return (x: number, y: number, z: number): [number, number, number] => {
    const [tiltedY, tiltedZ] = [y * ct - z * st, y * st + z * ct];
    return [x * cr - tiltedY * sr + shift, x * sr + tiltedY * cr - shift, tiltedZ + shift / 2];
  };
}

function trianglesOf(points: Float32Array, around: number, across: number): Float32Array {
  const corners = new Float32Array(around * across * 18);
  let at = 0;
  const put = (u: number, v: number) => {
    const start = ((u % around) * across + (v % across)) * 3;
    corners.set(points.subarray(start, start + 3), at);
    at += 3;
  };
  for (let u = 0; u < around; u++) {
    for (let v = 0; v < across; v++) {
      put(u, v);
      put(u + 1, v);
      put(u + 1, v + 1);
      put(u, v);
      put(u + 1, v + 1);
      put(u, v + 1);
    }
  }
  return corners;
}
