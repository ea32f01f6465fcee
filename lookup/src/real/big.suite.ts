import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { findStory } from '../index.js';
import { startPage } from './page-server.js';
import type { Real } from './stack.js';

const service = 'crm-api';
const orderId = 'ORD-BIG';
const characters = 3_000_000;
const records = 40;

/** What the README states: 200 MiB, and 120 MiB for records that are as big as the collector takes them. */
const mostBytes = 320 * 1024 * 1024;

/** Records of megabytes: what is taken is bounded by its size, and not only by its number. */
export function describeBig(real: () => Real): void {
  describe('records of 3 MB each', function () {
    this.timeout(180_000);
    const trace = traceIdOf(0x1b16);
    const attributes = { 'order.id': orderId };

    before(async () => {
      await real().write([storedSpan({ service, trace, id: 'big', at: 0, tookMs: records, attributes })]);
      for (let at = 0; at < records; at += 10) {
        const some = Array.from({ length: 10 }, (_, index) => at + index + 1);
        await real().write(
          some.map((ms) => {
            const body = `mesh ${ms} ${'x'.repeat(characters)}`;
            return storedRecord({ service, trace, span: 'big', at: ms, body, attributes });
          }),
        );
      }
    });

    it('are all told, each cut, and leave the server its memory', async () => {
      const page = await startPage(real().environment);
      try {
        const entered = await fetch(page.link());
        const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
        const ask = async (path: string) => {
          const response = await fetch(`${page.url}/api/${path}&from=1970-01-02`, { headers: { cookie } });
          assert.equal(response.status, 200, path);
          return (await response.json()) as { rows: unknown[]; notes: { text: string }[]; found: { total: number } };
        };
        const story = await ask(`story?story=order:${orderId}`);
        assert.equal(story.rows.length, records + 1);
        assert.match(story.notes.at(-1)?.text ?? '', /^cut at 20,000 characters: 40 texts are longer/);
        const { found } = await ask(`search?q=${encodeURIComponent(`order:${orderId} mesh`)}`);
        assert.equal(found.total, records);
        assert.ok(peakOf(page.pid) < mostBytes, `${Math.round(peakOf(page.pid) / 1024 / 1024)} MiB`);
      } finally {
        await page.stop();
      }
    });

    it('are fewer where there is no room for more, and the answer says so', async () => {
      const story = await findStory(real().client, { orderId }, { since: new Date(0), maxTaken: 20_000_000 });
      assert.equal(story.verdict, 'partial');
      assert.match(story.gaps[0]?.text ?? '', /^cut at (?:7|8|9) of 41 spans and records/);
    });
  });
}

/** The most that a process had in memory (VmHWM). */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
