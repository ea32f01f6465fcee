import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, printedCounts } from './count.js';

describe('what services printed, beside what is stored', () => {
  it('is counted by service, event and order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printed-'));
    const line = (event: string, order?: string) => `${JSON.stringify({ event, 'order.id': order })}\n`;
    await writeFile(
      join(folder, 'shop-api.log'),
      `${line('order.created', 'ORD-A')}not JSON\n${line('x.y', 'ORD-A')}${line('x.y')}`,
    );
    await writeFile(join(folder, 'mes-api.log'), line('calculation.failed', 'ORD-A').repeat(2));
    const counts = await printedCounts(folder);
    await rm(folder, { recursive: true });
    assert.deepEqual(Object.fromEntries(counts), {
      'shop-api order.created ORD-A': 1,
      'mes-api calculation.failed ORD-A': 2,
    });
  });

  it('differs by what is missing in the store, what is there twice, and what nobody printed', () => {
    const printed = new Map([
      ['shop-api made A', 1],
      ['shop-api made B', 1],
      ['shop-api made C', 2],
    ]);
    const stored = new Map([
      ['shop-api made B', 2],
      ['shop-api made C', 2],
      ['shop-api made D', 1],
      ['shop-api never-printed D', 1],
    ]);
    assert.deepEqual(differences(printed, stored), [
      { what: 'shop-api made A', printed: 1, stored: 0 },
      { what: 'shop-api made B', printed: 1, stored: 2 },
      { what: 'shop-api made D', printed: 0, stored: 1 },
    ]);
  });
});
