/** Solids with a volume that geometry knows, for the tests. Nine coordinates a triangle, seen counter-clockwise from outside. */
export type Triangle = [number, number, number, number, number, number, number, number, number];
type Point = readonly [number, number, number];

export function cube(edge: number): Triangle[] {
  const quads = [
    [
      [0, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
      [1, 0, 0],
    ],
    [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
    ],
    [
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 1],
      [0, 0, 1],
    ],
    [
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
      [0, 1, 0],
    ],
    [
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 0, 1],
    ],
  ];
  return quads.flatMap((quad) => {
    const [a, b, c, d] = quad.map((corner) => corner.map((at) => at * edge)) as unknown as [Point, Point, Point, Point];
    return [[...a, ...b, ...c] as Triangle, [...a, ...c, ...d] as Triangle];
  });
}

/** Meridians and parallels; both poles are one corner each. */
export function sphere(radius: number, steps: number): Triangle[] {
  const at = (u: number, v: number): Point => {
    if (v === 0) return [0, 0, radius];
    if (v === steps) return [0, 0, -radius];
    const [phi, theta] = [(2 * Math.PI * (u % steps)) / steps, (Math.PI * v) / steps];
    return [
      radius * Math.sin(theta) * Math.cos(phi),
      radius * Math.sin(theta) * Math.sin(phi),
      radius * Math.cos(theta),
    ];
  };
  return grid(steps, steps, at).filter((triangle) => !hasEqualCorners(triangle));
}

export function torus(radius: number, thickness: number, steps: number): Triangle[] {
  const at = (u: number, v: number): Point => {
    const [phi, theta] = [(2 * Math.PI * (u % steps)) / steps, (-2 * Math.PI * (v % steps)) / steps];
    const out = radius + thickness * Math.cos(theta);
    return [out * Math.cos(phi), out * Math.sin(phi), thickness * Math.sin(theta)];
  };
  return grid(steps, steps, at);
}

function grid(around: number, across: number, at: (u: number, v: number) => Point): Triangle[] {
  const triangles: Triangle[] = [];
  for (let u = 0; u < around; u++) {
    for (let v = 0; v < across; v++) {
      triangles.push([...at(u, v), ...at(u, v + 1), ...at(u + 1, v + 1)] as Triangle);
      triangles.push([...at(u, v), ...at(u + 1, v + 1), ...at(u + 1, v)] as Triangle);
    }
  }
  return triangles;
}

function hasEqualCorners([ax, ay, az, bx, by, bz, cx, cy, cz]: Triangle): boolean {
  const corners = [`${ax},${ay},${az}`, `${bx},${by},${bz}`, `${cx},${cy},${cz}`];
  return new Set(corners).size < 3;
}

export function binaryStl(triangles: readonly Triangle[]): Buffer {
  const file = Buffer.alloc(84 + 50 * triangles.length);
  file.writeUInt32LE(triangles.length, 80);
  for (const [n, triangle] of triangles.entries()) {
    for (const [m, at] of triangle.entries()) file.writeFloatLE(at, 84 + 50 * n + 12 + 4 * m);
  }
  return file;
}

export function asciiStl(triangles: readonly Triangle[]): Buffer {
  const facets = triangles.map(([ax, ay, az, bx, by, bz, cx, cy, cz]) => {
    const vertices = [`vertex ${ax} ${ay} ${az}`, `vertex ${bx} ${by} ${bz}`, `vertex ${cx} ${cy} ${cz}`];
    return ['facet normal 0 0 0', 'outer loop', ...vertices, 'endloop', 'endfacet'].join('\n');
  });
  return Buffer.from(['solid example', ...facets, 'endsolid example', ''].join('\n'));
}

export async function* inPieces(file: Buffer, pieceBytes: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < file.length; at += pieceBytes) yield file.subarray(at, at + pieceBytes);
}
