import assert from 'node:assert/strict';
import { compilePolicy, loadPhones, readPolicy } from '@hallmark/privacy';
import { ours, score } from './compare.js';
import { encodedSamples } from './encoded-material.js';

describe('values as logs encode them', () => {
  const redactor = compilePolicy(readPolicy(), { loadPhones });
  const samples = encodedSamples();

  it('are found, and nothing beside them is', () => {
    const found = ours(redactor, samples);
    for (const kind of ['phone', 'email', 'bank']) {
      const { values, recall, precision } = score(kind, samples, found);
      assert.ok(values >= 36, kind);
      assert.deepEqual([recall, precision], [1, 1], kind);
    }
  });

  it('are gone from the text', () => {
    const kept = samples.filter(({ text, personal }) =>
      personal.some(({ start, end }) => redactor.text(text).includes(text.slice(start, end))),
    );
    assert.deepEqual(kept, []);
  });
});
