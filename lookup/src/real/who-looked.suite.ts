import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { waitUntil } from '@hallmark/stack';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { CannotRecord, journalAddress, openLookup } from '../index.js';
import { ownAddress } from '../who-looked/record.js';
import type { Real } from './stack.js';

const stream = 'logs-lookup.otel-audit';
const since = new Date(0);
const orderId = 'ORD-LOOKED';
const trace = traceIdOf(70);
const attributes = { 'order.id': orderId };

interface Look {
  readonly event_name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function describeWhoLooked(real: () => Real): void {
  /** The look-ups that were stored, waited for: what the collector acknowledged reaches the store a little later. */
  async function looks(asked: string, count: number, address = ownAddress()): Promise<Look[]> {
    let found: Look[] = [];
    const terms = { 'attributes.lookup.asked': asked, 'attributes.client.address': address };
    const query = { bool: { filter: Object.entries(terms).map(([field, value]) => ({ term: { [field]: value } })) } };
    await waitUntil(
      async () => {
        const answer = await real().administrator.search<Look>({ index: stream, query, size: 100, sort: '@timestamp' });
        found = answer.hits.hits.flatMap((hit) => hit._source ?? []);
        return found.length >= count;
      },
      { timeoutMs: 30_000 },
    );
    assert.equal(found.length, count);
    return found;
  }

  describe('who looked', () => {
    before(() =>
      real().write([
        storedSpan({ service: 'crm-api', trace, id: 'look', at: 0, attributes }),
        storedRecord({ service: 'crm-api', trace, span: 'look', at: 1, body: 'looked at', attributes }),
      ]),
    );

    it('is stored with the account, the person at the machine, what was asked and what came back', async () => {
      await real().command(['order', orderId, '--since', '1971-01-02']);
      const [look] = (await looks(`Order ${orderId}`, 1)) as [Look];
      assert.equal(look.event_name, 'access.granted');
      const { 'log.record.uid': _, ...told } = look.attributes;
      assert.deepEqual(told, {
        'user.name': 'support',
        'process.owner': userInfo().username,
        'client.address': ownAddress(),
        'http.request.method': 'POST',
        'url.path': '/_search',
        'lookup.door': 'command',
        'lookup.kind': 'story',
        'lookup.asked': `Order ${orderId}`,
        'lookup.from': '1971-01-02T00:00:00.000Z',
        'lookup.count': 2,
        'lookup.orders': 1,
        'order.id': [orderId],
      });
    });

    it('is stored for a search, a tail and the services, by the page too, with the address of its reader', async () => {
      const address = '10.1.2.3';
      const lookup = real().open(undefined, { renderer: 'page', address });
      await lookup.search('calculation price', { from: since });
      await lookup.services({ from: since });
      for await (const _ of lookup.tail('event:tailed')) break;
      const [search] = (await looks('calculation price', 1, address)) as [Look];
      const asked = ['lookup.door', 'lookup.kind', 'client.address'].map((name) => search.attributes[name]);
      assert.deepEqual(asked, ['page', 'search', address]);
      assert.equal((await looks('services', 1, address))[0]?.attributes['lookup.kind'], 'services');
      const kinds = (await looks('event:tailed', 2, address)).map(({ attributes }) => attributes['lookup.kind']);
      assert.deepEqual(kinds.sort(), ['tail', 'tail-end']);
    });

    it('is found by its orders, also where nothing was asked for', async () => {
      const address = '10.9.9.1';
      const lookup = real().open(undefined, { renderer: 'page', address });
      const shown: string[] = [];
      for await (const { hits } of lookup.tail('', { from: since })) {
        shown.push(...hits.flatMap((hit) => hit.orderId ?? []));
        break;
      }
      assert.ok(shown.length > 1);
      const query = {
        bool: {
          filter: [
            { term: { 'attributes.client.address': address } },
            { term: { 'attributes.order.id': shown[0] ?? '' } },
          ],
        },
      };
      const ends = async () => (await real().administrator.search<Look>({ index: stream, query })).hits.hits;
      assert.ok(await waitUntil(async () => (await ends()).length === 1, { timeoutMs: 30_000 }));
      assert.equal((await ends())[0]?._source?.attributes['lookup.asked'], undefined);
    });

    it('keeps from where, also beside a number that looks personal', async () => {
      await real().command(['trace', '0123456789012345']);
      const [look] = await looks('Span 0123456789012345', 1);
      assert.deepEqual([look?.attributes['user.name'], look?.attributes['client.address']], ['support', ownAddress()]);
    });

    it('goes through its own door only: one that takes records from anybody gives no answer', async () => {
      const lookup = openLookup(
        {
          elasticsearch: real().supportUrl,
          collector: journalAddress(real().ordinaryDoor.replace('//', '//lookup:any@')),
        },
        { renderer: 'command' },
      );
      try {
        await assert.rejects(lookup.story({ orderId }, { since }), {
          name: 'CannotRecord',
          message: /door at http:\S+ takes records from anybody; LOOKUP_JOURNAL_URL must name its door for who looked/,
        });
      } finally {
        await lookup.close();
      }
    });

    it('is redacted like everything else: words may be personal', async () => {
      await real().open().search('"+7 916 123-45-67" telltale', { from: since });
      const masked = async () => {
        const query = { match_phrase: { 'body.text': 'telltale' } };
        const answer = await real().administrator.search({ index: stream, query });
        return answer.hits.hits.map((hit) => JSON.stringify(hit._source));
      };
      assert.ok(await waitUntil(async () => (await masked()).length > 0, { timeoutMs: 30_000 }));
      for (const text of await masked()) assert.doesNotMatch(text, /123-45-67|1234567/);
    });

    it('is no part of any story, and is neither read nor changed by Support_Logs', async () => {
      const story = await real().open().story({ orderId: orderId }, { since });
      assert.equal(story.traces.length, 1);
      for (const index of [stream, 'logs-lookup.*']) {
        const found = await real()
          .client.search({ index })
          .then(
            ({ hits }) => hits.hits.length,
            (error: { statusCode?: number }) => error.statusCode,
          );
        assert.ok(found === 403 || found === 0, `${index}: ${found}`);
      }
      const { client } = real();
      const refused = [
        client.create({ index: stream, id: 'one', document: {} }),
        client.delete({ index: stream, id: 'one' }),
        client.indices.delete({ index: stream }),
      ];
      for (const attempt of refused) await assert.rejects(attempt, { statusCode: 403 });
    });

    it('is stored as denied when the account may read nothing', async () => {
      await assert.rejects(real().open(real().account('stranger')).story({ orderId: 'ORD-FORBIDDEN' }), {
        name: 'NoAccess',
      });
      const [look] = (await looks('Order ORD-FORBIDDEN', 1, '127.0.0.1')) as [Look];
      assert.deepEqual([look.event_name, look.attributes['user.name']], ['access.denied', 'stranger']);
      await assert.rejects(real().open(real().account('stranger')).tail('ORD-FORBIDDEN-TAIL').next(), {
        name: 'NoAccess',
      });
      const [tail] = (await looks('ORD-FORBIDDEN-TAIL', 1, '127.0.0.1')) as [Look];
      assert.deepEqual([tail.event_name, tail.attributes['lookup.kind']], ['access.denied', 'tail']);
    });

    it('comes before the answer: without a collector there is none', async () => {
      const lookup = real().open();
      await real().collector.stop();
      try {
        const { code, out, talk } = await real().command(['order', orderId, '--since', '1970-01-02']);
        assert.deepEqual([code, out], [3, '']);
        assert.match(talk, /^lookup: no answer, since who looked can't be written: the collector at http:[^\n]*\n$/);
        await assert.rejects(lookup.search('kiln', { from: since }), CannotRecord);
        await assert.rejects(lookup.tail('kiln').next(), CannotRecord);
      } finally {
        await real().collector.start();
      }
      assert.equal((await lookup.story({ orderId: orderId }, { since })).verdict, 'whole');
    });
  });
}
