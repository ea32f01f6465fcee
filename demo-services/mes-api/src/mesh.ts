import { EdgeTable } from './edge-table.js';
import { ModelError } from './model-error.js';
import { VertexTable } from './vertex-table.js';

/** More than this a caster's machine does not take, and a service should not try to hold. */
export const MAX_TRIANGLES = 2_000_000;

export interface Measured {
  polygons: number;
  volumeMm3: number;
}

/** Nine coordinates in millimetres: the three corners of a triangle, counter-clockwise seen from outside. */
export type Corners = Float32Array | Float64Array;

/** A mesh that is measured while its triangles arrive, without keeping them. */
export class Mesh {
  readonly #vertices = new VertexTable();
  readonly #edges = new EdgeTable();
  readonly #origin = new Float64Array(3);
  #polygons = 0;
  #sixfoldVolume = 0;

  /** Throws a ModelError where a coordinate is not a finite number, or the model has too many triangles. */
  add(corners: Corners): void {
    for (const coordinate of corners) {
      if (!Number.isFinite(coordinate))
        throw new ModelError(`triangle ${this.#polygons + 1} has a corner that is not a number`);
    }
    if (this.#polygons === MAX_TRIANGLES) throw new ModelError(`the model has more than ${MAX_TRIANGLES} triangles`);
    if (this.#polygons === 0) this.#origin.set(corners.subarray(0, 3));
    this.#polygons++;
    this.#sixfoldVolume += this.#tripleProduct(corners);
    this.#addEdges(corners);
  }

  /** The size of the solid. Throws a ModelError where the surface is empty, not closed, or encloses nothing. */
  measure(): Measured {
    if (this.#polygons === 0) throw new ModelError('the model has no triangles');
    const { open, tangled } = this.#edges.faults();
    if (open > 0) throw new ModelError(`the mesh is open: ${open} edges belong to one triangle only`);
    if (tangled > 0)
      throw new ModelError(`the mesh is no clean surface: ${tangled} edges don't join exactly two triangles`);
    // A model whose triangles all face inwards has the same volume with the other sign.
    const volumeMm3 = Math.abs(this.#sixfoldVolume) / 6;
    if (volumeMm3 === 0) throw new ModelError('the mesh encloses no volume');
    return { polygons: this.#polygons, volumeMm3 };
  }

  // The signed volume of the tetrahedron over the triangle, times six. Taken from a corner of the model itself and not
  // from the zero point: far away from that, the sum would be a small difference of large numbers.
  #tripleProduct(corners: Corners): number {
    const [ox = 0, oy = 0, oz = 0] = this.#origin;
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = corners;
    const [px, py, pz] = [ax - ox, ay - oy, az - oz];
    const [qx, qy, qz] = [bx - ox, by - oy, bz - oz];
    const [rx, ry, rz] = [cx - ox, cy - oy, cz - oz];
    return px * (qy * rz - qz * ry) + py * (qz * rx - qx * rz) + pz * (qx * ry - qy * rx);
  }

  #addEdges(corners: Corners): void {
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = corners;
    const a = this.#vertices.numberOf(ax, ay, az);
    const b = this.#vertices.numberOf(bx, by, bz);
    const c = this.#vertices.numberOf(cx, cy, cz);
    // A triangle that has shrunk to a line closes nothing and opens nothing.
    if (a === b || b === c || c === a) return;
    this.#edges.add(a, b);
    this.#edges.add(b, c);
    this.#edges.add(c, a);
  }
}
