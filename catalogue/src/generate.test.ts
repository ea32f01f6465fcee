import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hasType, ROOT, readAttributes } from './attributes.js';
import { readCatalogue } from './catalogue.js';
import { generatedFiles } from './generate.js';

describe('the log schema', () => {
  for (const [path, content] of generatedFiles()) {
    it(`is what ${path} was made from`, () => {
      const hint = `${path} is out of date: npm run catalogue -- --generate writes it again`;
      assert.equal(readFileSync(`${ROOT}${path}`, 'utf8'), content, hint);
    });
  }

  it('declares every field that the catalogue asks for', () => {
    const declared = new Set(readAttributes().map(({ name }) => name));
    // Of the resource, not of the record.
    for (const name of ['service.name', 'service.version']) declared.add(name);
    const asked = readCatalogue().flatMap(({ fields }) => fields);
    assert.deepEqual(
      [...new Set(asked)].filter((name) => !declared.has(name)),
      [],
    );
  });

  it('tells a value of the declared type from another', () => {
    assert.ok(hasType(201, 'integer') && hasType(0.5, 'double') && hasType('201', 'keyword') && hasType('', 'text'));
    assert.ok(!hasType('201', 'integer') && !hasType(0.5, 'integer') && !hasType('0.5', 'double'));
    assert.ok(!hasType(201, 'keyword') && !hasType(['a'], 'keyword') && !hasType(null, 'text'));
  });
});
