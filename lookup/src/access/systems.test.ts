import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { systems } from './systems.js';

const configuration = new URL('../../../collector/otel-collector.yaml', import.meta.url);

describe('the systems whose streams an account may read', () => {
  it('are those that the collector has streams for', async () => {
    const text = await readFile(configuration, 'utf8');
    const route = text.split('\n').find((line) => line.includes('data_stream.dataset') && line.includes('IsMatch'));
    const listed = /\^\(\?:([^)]+)\)\$/.exec(route ?? '')?.[1]?.split('|') ?? [];
    // What belongs to no system is stored too.
    const expected = [...listed, 'unknown'];
    assert.deepEqual([...systems].sort(), expected.sort());
  });
});
