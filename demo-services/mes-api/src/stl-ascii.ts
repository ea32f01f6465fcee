import type { Mesh } from './mesh.js';
import { ModelError } from './model-error.js';

const MAX_LINE_CHARACTERS = 4_096;

type Expected = 'solid' | 'facet' | 'outer' | 'vertex' | 'endloop' | 'endfacet';

/** Reads ASCII STL, line by line: `solid`, then `facet`, `outer loop`, three times `vertex x y z`, `endloop`, `endfacet`, …, `endsolid`. */
export class AsciiStl {
  readonly #mesh: Mesh;
  readonly #corners = new Float32Array(9);
  #coordinates = 0;
  #expected: Expected = 'solid';
  #rest = '';
  #line = 0;
  #solids = 0;

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
  }

  take(piece: Buffer): void {
    const lines = (this.#rest + piece.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_LINE_CHARACTERS)
      throw this.#error(`is longer than ${MAX_LINE_CHARACTERS} characters`, 1);
    for (const line of lines) this.#read(line);
  }

  finish(): void {
    if (this.#rest) this.#read(this.#rest);
    if (this.#expected !== 'solid' || this.#solids === 0) {
      throw new ModelError(`the file ends after line ${this.#line} without 'endsolid'`);
    }
  }

  #read(line: string): void {
    this.#line++;
    const words = line.trim().split(/\s+/);
    const [word = ''] = words;
    if (word === '') return;
    if (word === 'endsolid' && this.#expected === 'facet') {
      this.#expected = 'solid';
      return;
    }
    if (word !== this.#expected)
      throw this.#error(`begins with '${word.slice(0, 20)}', expected was '${this.#expected}'`);
    this.#expected = this.#next(words);
  }

  #next(words: string[]): Expected {
    switch (this.#expected) {
      case 'solid':
        this.#solids++;
        return 'facet';
      case 'facet':
        return 'outer';
      case 'outer':
        this.#coordinates = 0;
        return 'vertex';
      case 'vertex':
        return this.#vertex(words);
      case 'endloop':
        this.#mesh.add(this.#corners);
        return 'endfacet';
      case 'endfacet':
        return 'facet';
    }
  }

  #vertex(words: string[]): Expected {
    if (words.length !== 4) throw this.#error('is a vertex without exactly three coordinates');
    for (const word of words.slice(1)) {
      const coordinate = Number(word);
      if (!Number.isFinite(coordinate))
        throw this.#error(`has the coordinate '${word.slice(0, 20)}', which is not a number`);
      this.#corners[this.#coordinates++] = coordinate;
    }
    return this.#coordinates === 9 ? 'endloop' : 'vertex';
  }

  #error(what: string, ahead = 0): ModelError {
    return new ModelError(`line ${this.#line + ahead} of the model ${what}`);
  }
}
