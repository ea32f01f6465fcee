import assert from 'node:assert/strict';
import { PermanentFailure } from '@hallmark/foundation';
import { asciiStl, binaryStl, cube, inPieces, sphere, type Triangle, torus } from './example-solids.js';
import { MAX_TRIANGLES } from './mesh.js';
import { measureStl } from './stl.js';

const CUBE_MM = 10;

function measure(file: Buffer, pieceBytes = 1_000) {
  return measureStl(inPieces(file, pieceBytes), file.length);
}

async function assertWithin(measured: number, expected: number, share: number) {
  const off = Math.abs(measured - expected) / expected;
  assert.ok(off <= share, `${measured} is ${(off * 100).toFixed(2)} % off ${expected}`);
}

describe('measuring an STL model', () => {
  it('counts the polygons of a cube and takes its volume, binary and ASCII', async () => {
    for (const file of [binaryStl(cube(CUBE_MM)), asciiStl(cube(CUBE_MM))]) {
      const { polygons, volumeMm3 } = await measure(file);
      assert.equal(polygons, 12);
      await assertWithin(volumeMm3, CUBE_MM ** 3, 1e-6);
    }
  });

  it('is within 0.5 % of the volume of a sphere and of a torus', async () => {
    await assertWithin((await measure(binaryStl(sphere(7, 120)))).volumeMm3, (4 / 3) * Math.PI * 7 ** 3, 0.005);
    await assertWithin(
      (await measure(binaryStl(torus(9, 1.4, 200)))).volumeMm3,
      2 * Math.PI ** 2 * 9 * 1.4 ** 2,
      0.005,
    );
  });

  it('takes the same volume far away from the zero point', async () => {
    const moved = cube(16).map((corner) => corner.map((at) => at + 4_096) as Triangle);
    await assertWithin((await measure(binaryStl(moved))).volumeMm3, 16 ** 3, 1e-6);
  });

  it('takes the volume of a model whose triangles face inwards', async () => {
    const inwards = cube(CUBE_MM).map(([a, b, c, d, e, f, g, h, i]) => [a, b, c, g, h, i, d, e, f] as Triangle);
    await assertWithin((await measure(binaryStl(inwards))).volumeMm3, CUBE_MM ** 3, 1e-6);
  });

  it('reads the same however the file is cut into pieces', async () => {
    for (const file of [binaryStl(sphere(5, 12)), asciiStl(sphere(5, 12))]) {
      const whole = await measure(file, file.length);
      for (const pieceBytes of [1, 7, 50, 83, 84, 85]) assert.deepEqual(await measure(file, pieceBytes), whole);
    }
  });

  it("reads a binary file whose text begins with 'solid'", async () => {
    const file = binaryStl(cube(CUBE_MM));
    file.write('solid cube', 0, 'latin1');
    assert.equal((await measure(file)).polygons, 12);
  });

  it('reads ASCII with Windows line ends, several solids and no line end after the last', async () => {
    const two = `${asciiStl(cube(1))}${asciiStl(cube(2).map((corner) => corner.map((at) => at + 50) as Triangle))}`;
    const { polygons, volumeMm3 } = await measure(Buffer.from(two.trimEnd().replaceAll('\n', '\r\n')));
    assert.equal(polygons, 24);
    await assertWithin(volumeMm3, 1 + 8, 1e-5);
  });

  it('does not mind a triangle that has shrunk to a line', async () => {
    const [first, ...rest] = cube(CUBE_MM);
    assert.ok(first);
    const shrunk: Triangle = [first[0], first[1], first[2], first[0], first[1], first[2], first[3], first[4], first[5]];
    const { polygons, volumeMm3 } = await measure(binaryStl([first, ...rest, shrunk]));
    assert.equal(polygons, 13);
    await assertWithin(volumeMm3, CUBE_MM ** 3, 1e-6);
  });
});

describe('a model that is refused', () => {
  const refused = (file: Buffer, message: RegExp, sizeBytes = file.length) =>
    assert.rejects(measureStl(inPieces(file, 100), sizeBytes), (error: Error) => {
      assert.match(error.message, message);
      assert.equal(error.name, 'ModelError');
      return error instanceof PermanentFailure;
    });

  it('is open', async () => {
    await refused(binaryStl(cube(CUBE_MM).slice(1)), /the mesh is open: 3 edges/);
    await refused(asciiStl(cube(CUBE_MM).slice(1)), /the mesh is open: 3 edges/);
  });

  it('has a triangle that faces the wrong way, or twice the same', async () => {
    const [first, ...rest] = cube(CUBE_MM);
    assert.ok(first);
    const [a, b, c, d, e, f, g, h, i] = first;
    await refused(binaryStl([[a, b, c, g, h, i, d, e, f], ...rest]), /no clean surface: 3 edges/);
    await refused(binaryStl([first, first, ...rest]), /no clean surface: 3 edges/);
  });

  it('says that it has other triangles than it holds', async () => {
    const more = binaryStl(cube(CUBE_MM));
    more.writeUInt32LE(13, 80);
    await refused(more, /says that it has 13 triangles, but the file holds 12/);
    const huge = binaryStl(cube(CUBE_MM));
    huge.writeUInt32LE(0xffffffff, 80);
    await refused(huge, /says that it has 4294967295 triangles, but the file holds 12/);
  });

  it('is cut in the middle', async () => {
    const binary = binaryStl(cube(CUBE_MM));
    await refused(binary.subarray(0, binary.length - 20), /says that it has 12 triangles, but the file holds 11/);
    const ascii = asciiStl(cube(CUBE_MM));
    await refused(ascii.subarray(0, ascii.length / 2), /without 'endsolid'|coordinates|expected was/);
    await refused(ascii.subarray(0, ascii.lastIndexOf('endsolid')), /without 'endsolid'/);
  });

  it('has a corner that is not a number', async () => {
    const [first, ...rest] = cube(CUBE_MM);
    assert.ok(first);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await refused(
        binaryStl([[bad, ...first.slice(1)] as Triangle, ...rest]),
        /triangle 1 has a corner that is not a number/,
      );
    }
    const ascii = asciiStl(cube(CUBE_MM))
      .toString()
      .replace(/vertex \S+/, 'vertex nan');
    await refused(Buffer.from(ascii), /line 4 of the model has the coordinate 'nan', which is not a number/);
  });

  it('is no STL, or empty, or has no triangles', async () => {
    await refused(Buffer.alloc(0), /too short/);
    await refused(Buffer.from('{"a": 1}'), /too short/);
    await refused(Buffer.from(`{"note": "${'x'.repeat(200)}"}`), /no STL model/);
    await refused(binaryStl([]), /no triangles/);
    await refused(Buffer.from('solid nothing\nendsolid nothing\n'), /no triangles/);
    await refused(Buffer.from(`solid ${'x'.repeat(20_000)}`), /longer than 4096 characters/);
  });

  it('has lines in the wrong order', async () => {
    const text = asciiStl(cube(CUBE_MM)).toString();
    await refused(
      Buffer.from(text.replace('outer loop', 'vertex 1 2 3')),
      /line 3 of the model begins with 'vertex', expected was 'outer'/,
    );
    await refused(
      Buffer.from(text.replace(/vertex (\S+) \S+/, 'vertex $1')),
      /line 4 .* without exactly three coordinates/,
    );
  });

  it('has more triangles than the limit', async () => {
    const sizeBytes = 84 + 50 * (MAX_TRIANGLES + 1);
    const head = Buffer.alloc(84);
    head.writeUInt32LE(MAX_TRIANGLES + 1, 80);
    const block = Buffer.alloc(50 * 1_000);
    async function* file() {
      yield head;
      for (let sent = 0; sent < MAX_TRIANGLES; sent += 1_000) yield block;
      yield block.subarray(0, 50);
    }
    await assert.rejects(measureStl(file(), sizeBytes), /more than 2000000 triangles/);
  }).timeout(20_000);
});

it('a file that arrives shorter than announced is not the model’s fault: it is fetched again', async () => {
  const file = binaryStl(cube(CUBE_MM));
  await assert.rejects(measureStl(inPieces(file.subarray(0, 500), 100), file.length), (error: Error) => {
    assert.match(error.message, /684 bytes, but 500 arrived/);
    return !(error instanceof PermanentFailure);
  });
});
