import assert from 'node:assert/strict';
import { readPolicy } from '../files.js';
import { generatedBlock } from './generate.js';
import { beginMarker, endMarker } from './markers.js';
import { difference, SpliceError, spliced } from './splice.js';

const policy = readPolicy();
const block = generatedBlock(policy);
const newBlock = generatedBlock({ ...policy, mask: '#' });
const [above, below] = ['receivers:\r\n  # é\n', '\n  mine: {}\n  # the end'];
const configuration = above + block + below;

describe('writing the generated part', () => {
  it('replaces what an earlier policy made, and leaves every byte outside the markers', () => {
    assert.notEqual(newBlock, block);
    assert.equal(spliced(configuration, newBlock, 'c.yaml'), above + newBlock + below);
  });

  const edits: Record<string, (text: string) => string> = {
    'a changed line': (text) => text.replace('transform/redact:', 'transform/redact: # mine'),
    'a line of its own': (text) => text.replace(endMarker, `  mine: {}\n${endMarker}`),
    'a line that is gone': (text) => text.replace('    error_mode: ignore\n', ''),
    'no checksum': (text) => text.replace(/, checksum [0-9a-f]+/, ''),
    'a checksum of something else': (text) => text.replace(/(?<=checksum )[0-9a-f]/, 'g'),
  };
  for (const [what, edit] of Object.entries(edits)) {
    it(`refuses ${what}, says where and how to go on, and discards it only when told to`, () => {
      const edited = edit(configuration);
      assert.notEqual(edited, configuration);
      assert.throws(
        () => spliced(edited, newBlock, 'c.yaml'),
        (error) =>
          error instanceof SpliceError && /^c\.yaml:3: .*npm run redact -- --generate --force/.test(error.message),
      );
      assert.equal(spliced(edited, newBlock, 'c.yaml', true), above + newBlock + below);
    });
  }

  it('refuses markers that are missing, doubled or turned around', () => {
    for (const text of ['', beginMarker, `${endMarker}\n${beginMarker}\n`, configuration + block])
      assert.throws(() => spliced(text, block, 'c.yaml', true), SpliceError);
  });

  it('keeps the line ends of Windows, and finds no edit in them', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const checkedOut = windows(`receivers:\n${block}${below}`);
    assert.equal(difference(checkedOut, block, 'c.yaml'), undefined);
    assert.match(difference(checkedOut, newBlock, 'c.yaml') ?? '', /^c\.yaml:\d+: this part is generated and differs/);
    assert.equal(spliced(checkedOut, newBlock, 'c.yaml'), windows(`receivers:\n${newBlock}${below}`));
    assert.throws(
      () => spliced(checkedOut.replace('    error_mode: ignore\r\n', ''), newBlock, 'c.yaml'),
      /edited by hand/,
    );
  });

  it('takes an end marker without a line break behind it', () => {
    assert.equal(spliced((above + block).trimEnd(), newBlock, 'c.yaml'), above + newBlock);
  });
});
