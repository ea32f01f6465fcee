import assert from 'node:assert/strict';
import { exampleStartMs, type StoredExample, storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import type { Lookup, SearchAnswer } from '../index.js';
import type { Real } from './stack.js';

const service = 'crm-api';
const from = new Date(0);
const trace = traceIdOf(40);

export function describeSearch(real: () => Real): void {
  describe('a search in a real Elasticsearch', () => {
    let lookup: Lookup;
    const bodies = ({ stories }: SearchAnswer) => stories.flatMap(({ hits }) => hits.map(({ body }) => body)).sort();
    const found = async (query: string) => bodies(await lookup.search(`module:search ${query}`, { from }));

    before(async () => {
      lookup = real().open();
      const here = { 'code.namespace': 'search' };
      const told = (at: number, body: string, more: Partial<Parameters<typeof storedRecord>[0]> = {}) =>
        storedRecord({ service, at, body, ...more, attributes: { ...here, ...more.attributes } });
      await real().write([
        told(0, 'glaze is blue', { severity: 'DEBUG', trace, span: 'paint' }),
        told(1, 'blue is the glaze', { severity: 'WARN', event: 'glaze.mixed', attributes: { batch: 7 } }),
        told(2, 'no glaze', {
          severity: 'ERROR',
          attributes: { 'exception.type': 'GlazeError', 'exception.message': 'the pot broke', batch: 12 },
        }),
        told(3, 'poured', {
          attributes: { 'order.id': 'ORD-GLAZE', 'http.response.status_code': 503, 'url.path': '/pots/7' },
        }),
        storedSpan({
          service,
          trace,
          id: 'paint',
          name: 'paint a pot',
          at: 4,
          tookMs: 700,
          error: 'dry',
          attributes: { ...here, 'order.id': 'ORD-GLAZE' },
        }),
        storedSpan({ service, id: 'dry', name: 'dry a pot', at: -1, attributes: here }),
        withStatus('Ok', storedSpan({ service, id: 'fire', name: 'fire a pot', at: -2, attributes: here })),
      ]);
    });

    const finds: [query: string, bodies: string[]][] = [
      ['glaze', ['blue is the glaze', 'glaze is blue', 'no glaze']],
      ['blue glaze', ['blue is the glaze', 'glaze is blue']],
      ['"glaze is blue"', ['glaze is blue']],
      ['glaze -blue', ['no glaze']],
      ['pot broke', ['no glaze']],
      ['glaz', []],
      ['level:warn', ['blue is the glaze']],
      ['level>=warn', ['blue is the glaze', 'no glaze', 'paint a pot']],
      ['level<info', ['glaze is blue']],
      ['-level:debug glaze', ['blue is the glaze', 'no glaze']],
      ['event:glaze.mixed', ['blue is the glaze']],
      ['glaze.mixed', ['blue is the glaze']],
      ['error:GlazeError', ['no glaze']],
      ['status>=500', ['poured']],
      ['status:error', ['paint a pot']],
      ['status:ok', ['dry a pot', 'fire a pot']],
      ['status:unset', ['dry a pot']],
      ['status:200', []],
      ['url:/pots', ['poured']],
      ['duration>500', ['paint a pot']],
      ['duration>0.5s duration<1s', ['paint a pot']],
      ['duration>1s', []],
      ['@batch:7', ['blue is the glaze']],
      ['@batch>7', ['no glaze']],
      ['@batch:seven', []],
      ['ORD-GLAZE', ['paint a pot', 'poured']],
      ['order:ORD-GLAZ', []],
      [`trace:${trace}`, ['glaze is blue', 'paint a pot']],
      ['message:"is the"', ['blue is the glaze']],
      ['name:"paint a pot"', ['paint a pot']],
    ];
    for (const [query, expected] of finds) {
      it(`finds ${expected.length} by ${query}`, async () => {
        assert.deepEqual(await found(query), expected);
      });
    }

    it('groups what it finds as stories, with what the whole of their traces has', async () => {
      const { stories, total } = await lookup.search('module:search glaze', { from });
      assert.equal(total, 3);
      const [first, second, third] = stories;
      assert.deepEqual([first?.asked, first?.hits.length, first?.errors], [undefined, 1, 1]);
      assert.deepEqual([second?.asked, second?.hits[0]?.body], [undefined, 'blue is the glaze']);
      // The record names no order; the one span of its trace does.
      assert.deepEqual(
        [third?.asked, third?.traceIds, third?.services, third?.errors],
        [{ orderId: 'ORD-GLAZE' }, [trace], [service], 1],
      );
      assert.deepEqual([third?.startMs, third?.endMs], [exampleStartMs, exampleStartMs + 4]);
    });

    it('goes on page by page, each hit once, also where all are of one moment', async () => {
      const many = Array.from({ length: 25 }, (_, index) =>
        storedRecord({ service, at: 0, body: `shard ${index}`, attributes: { 'code.namespace': 'pages' } }),
      );
      await real().write(many);
      const seen: string[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const answer = await lookup.search('module:pages', { from, limit: 10, ...(after && { after }) });
        assert.equal(answer.total, 25);
        assert.equal(answer.verdict, answer.next === undefined ? 'whole' : 'partial');
        assert.deepEqual(
          answer.gaps.map(({ kind }) => kind),
          answer.next === undefined ? [] : ['cut'],
        );
        seen.push(...bodies(answer));
        after = answer.next;
        pages += 1;
      } while (after !== undefined);
      assert.deepEqual([pages, new Set(seen).size, seen.length], [3, 25, 25]);
    });

    it('counts over time, errors apart', async () => {
      const window = { from: new Date(exampleStartMs - 1_000), to: new Date(exampleStartMs + 59_000) };
      const { histogram } = await lookup.search('module:search', window);
      assert.equal(histogram.stepMs, 1_000);
      const filled = histogram.buckets.filter(({ count }) => count > 0);
      assert.deepEqual(filled, [{ startMs: Math.floor(exampleStartMs / 1_000) * 1_000, count: 7, errors: 2 }]);
      assert.ok(histogram.buckets.length >= 60);
    });
  });
}

function withStatus(code: string, { stream, source }: StoredExample): StoredExample {
  return { stream, source: { ...source, status: { code } } };
}
