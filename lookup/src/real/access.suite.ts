import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import type { Real } from './stack.js';
import { names } from './story.suite.js';

const shared = { 'order.id': 'ORD-ACCESS' };

export function describeAccess(real: () => Real): void {
  describe('accounts and what they may read', () => {
    const onlyCrmApi = () => real().account('crm_only');

    before(async () => {
      const trace = traceIdOf(50);
      await real().write([
        storedSpan({ service: 'crm-api', trace, id: 'ask', kind: 'Client', at: 0, tookMs: 20, attributes: shared }),
        storedRecord({ service: 'crm-api', trace, span: 'ask', at: 1, body: 'crm asks', attributes: shared }),
        storedSpan({ service: 'shop-api', trace, id: 'shop', parent: 'ask', at: 2, tookMs: 5, attributes: shared }),
        storedRecord({ service: 'shop-api', trace, span: 'shop', at: 3, body: 'shop answers', attributes: shared }),
        storedRecord({ service: 'shop-api', at: 4, body: 'only here', attributes: { 'order.id': 'ORD-CLOSED' } }),
      ]);
    });

    it('call a story partial that they may read only in part, and name what is closed', async () => {
      const story = await real()
        .open(onlyCrmApi())
        .story({ orderId: 'ORD-ACCESS' }, { since: new Date(0) });
      assert.deepEqual(names(story), ['ask', 'crm asks']);
      assert.deepEqual([story.verdict, story.gaps.map(({ kind }) => kind)], ['partial', ['no-access']]);
      assert.match(story.gaps[0]?.text ?? '', /^no access to the logs, events of orders and traces of .*shop-api/);
      assert.ok(!story.gaps[0]?.text.includes('crm-api'));
      const { out } = await real().command(['order', 'ORD-ACCESS', '--since', '1970-01-02'], onlyCrmApi());
      assert.match(out, /^Order ORD-ACCESS {2}! partial, 1 gap\n! no access to/);
    });

    it('are told on standard error what lines of JSON or OTLP lack', async () => {
      for (const args of [
        ['order', 'ORD-ACCESS', '--ndjson'],
        ['order', 'ORD-ACCESS', '--otlp'],
        ['search', 'order:ORD-ACCESS', '--ndjson'],
        ['services', '--ndjson'],
      ]) {
        const { code, talk } = await real().command([...args, '--since', '1970-01-02'], onlyCrmApi());
        assert.equal(code, 0);
        assert.match(
          talk,
          /^lookup: partial: no access to the logs, events of orders and traces of [^\n]*shop-api[^\n]*\n$/,
        );
      }
    });

    it('are told that a tail is partial, before its first line', async () => {
      for await (const { gaps } of real().open(onlyCrmApi()).tail('')) {
        assert.deepEqual(
          gaps?.map(({ kind }) => kind),
          ['no-access'],
        );
        break;
      }
      const main = fileURLToPath(new URL('../main.js', import.meta.url));
      const tail = spawn(process.execPath, [main, 'tail'], {
        env: { PATH: process.env.PATH, ...real().environment, LOOKUP_ELASTICSEARCH_URL: onlyCrmApi() },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      try {
        const [line] = await once(createInterface({ input: tail.stderr }), 'line');
        assert.match(
          String(line),
          /^lookup: partial: no access to the logs, events of orders and traces of .*shop-api/,
        );
      } finally {
        tail.kill('SIGINT');
        await once(tail, 'close');
      }
    });

    it('see the same of what is closed to them as of what is not there: no count tells them apart', async () => {
      const lookup = real().open(onlyCrmApi());
      const ask = async (orderId: string) => {
        const story = await lookup.story({ orderId }, { since: new Date(0), now: new Date(1e12) });
        const found = await lookup.search(`order:${orderId}`, { from: new Date(0), to: new Date(1e12) });
        return JSON.stringify({ story, found }).replaceAll(orderId, 'ORD');
      };
      assert.equal(await ask('ORD-CLOSED'), await ask('ORD-NOT-THERE'));
      const { total, stories } = await lookup.search('order:ORD-ACCESS', { from: new Date(0) });
      assert.deepEqual([total, stories.map(({ services }) => services)], [2, [['crm-api']]]);
      const { services, verdict } = await lookup.services({ from: new Date(0) });
      assert.equal(verdict, 'partial');
      assert.deepEqual(
        services.map(({ service }) => service),
        ['crm-api'],
      );
    });

    it('that may read nothing get one line and no answer', async () => {
      const { code, out, talk } = await real().command(
        ['order', 'ORD-ACCESS', '--since', '1970-01-02'],
        real().account('stranger'),
      );
      assert.deepEqual([code, out], [2, '']);
      assert.match(talk, /^lookup: Elasticsearch at [^\n]*'stranger'[^\n]*Support_Logs[^\n]*\n$/);
    });

    it('with a wrong password get one line, without it', async () => {
      const wrong = real().supportUrl.replace(/:[^:@/]+@/, ':wr0ng@');
      const { code, out, talk } = await real().command(['order', 'ORD-ACCESS'], wrong);
      assert.deepEqual([code, out], [2, '']);
      assert.match(
        talk,
        /^lookup: Elasticsearch at http:\/\/127\.0\.0\.1:\d+ refused the account '[^']+' \(401\)[^\n]*\n$/,
      );
      assert.ok(!talk.includes('wr0ng'));
    });

    it('that are not given are asked for', async () => {
      const { code, out, talk } = await real().command(['services'], real().supportUrl.replace(/\/\/.*@/, '//'));
      assert.deepEqual([code, out], [2, '']);
      assert.match(talk, /^lookup: Elasticsearch at [^\n]* asks for an account \(401\)[^\n]*\n$/);
    });
  });
}
