import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exampleStartMs, storedRecord, traceIdOf } from '../example/documents.js';
import { exampleOrder, exampleOrderId, exampleTraceId } from '../example/order.js';
import type { SearchAnswer, ServicesAnswer, Story } from '../index.js';
import type { Real } from './stack.js';
import { names } from './story.suite.js';

const order = (id: string) => ({ attributes: { 'order.id': id } });
const service = 'crm-api';

export function describeCommand(real: () => Real): void {
  describe('the command on a real Elasticsearch', () => {
    const run = (args: readonly string[], url?: string) => real().command([...args, '--since', '1970-01-02'], url);

    it('shows a message of 5 MB and escapes in it as text, cut', async () => {
      const body = `\u001b[2J\u202e${'x'.repeat(5_000_000)}`;
      await real().write([storedRecord({ service, at: 0, body, ...order('ORD-HOSTILE') })]);
      const shown = await run(['order', 'ORD-HOSTILE']);
      assert.equal(shown.code, 0);
      assert.ok(shown.out.includes('\\x1b[2J\\u{202e}xxx'));
      assert.ok(shown.out.length < 2_000);
      const json = await run(['order', 'ORD-HOSTILE', '--json']);
      const story = JSON.parse(json.out) as Story;
      const [entry] = story.traces[0]?.entries ?? [];
      assert.deepEqual(names(story), [body.slice(0, 20_000)]);
      assert.deepEqual([entry?.cut?.at, entry?.cut?.lengths], [20_000, { body: body.length }]);
      assert.match(story.notes.at(-1)?.text ?? '', /^cut at 20,000 characters: 1 text is longer .* 'record \.ds-/);
      const whole = await real().command(['record', entry?.cut?.id ?? '']);
      assert.equal(JSON.parse(whole.out).body.text, body);
      assert.ok(!json.out.includes('\u202e'));
    });

    it('prints the story and ends with 0', async () => {
      const { code, out, talk } = await run(['order', exampleOrderId]);
      assert.deepEqual([code, talk], [0, '']);
      assert.match(out, /^Order ORD-7K2MXQ4BTZ {2}✓ whole\n/);
      assert.match(out, /mes-api .*← mes\.orders {2}message m-1/);
      assert.ok(!out.includes('\u001b'));
      const json = await run(['trace', exampleTraceId, '--json']);
      assert.equal((JSON.parse(json.out) as Story).verdict, 'whole');
    });

    it('ends with 1 and one line when nothing was found', async () => {
      for (const args of [
        ['order', 'ORD-NOWHERE'],
        ['order', '-ORD-NOWHERE'],
        ['trace', 'f'.repeat(32)],
        ['search', 'nowhere to be found'],
      ]) {
        const { code, out, talk } = await run(args);
        assert.deepEqual([code, out], [1, '']);
        assert.match(talk, /^lookup: nothing [^\n]+ since 1970-01-02 [^\n]*\n$/);
      }
    });

    it('looks from 1970 on where a window would begin before', async () => {
      for (const args of [['order', 'ORD-NOWHERE'], ['search', 'nowhere'], ['services']]) {
        const { code, talk } = await real().command([...args, '--to', '1970-01-01']);
        assert.equal(code, 1);
        assert.match(talk, /^lookup: no[^\n]+ from 1970-01-01 00:00 to 1970-01-01 00:00 UTC\n$/);
      }
    });

    it('finds nothing by an id of many characters, and no record by a name without its index', async () => {
      const { code, talk } = await run(['order', 'x'.repeat(1_024)]);
      assert.equal(code, 1);
      assert.match(talk, /^lookup: nothing of Order x+[^\n]*\n$/);
      assert.equal(await real().open().record('x'), undefined);
    });

    it('searches words in messages, the newest first', async () => {
      await real().write([
        storedRecord({ service, at: 0, body: 'the kiln is cold', severity: 'WARN' }),
        storedRecord({ service, at: 1, body: 'the kiln is cold again', ...order('ORD-KILN') }),
        storedRecord({ service, at: 2, body: 'the kiln is warm' }),
      ]);
      const { code, out } = await run(['search', 'cold', 'kiln']);
      assert.equal(code, 0);
      const lines = out.trimEnd().split('\n');
      assert.equal(lines.length, 3);
      assert.equal(lines[2], '✓ whole: 2 hits');
      assert.match(lines[0] ?? '', /crm-api +INFO +ORD-KILN +the kiln is cold again$/);
      assert.match(lines[1] ?? '', /crm-api +WARN +the kiln is cold$/);
      const failed = { 'exception.type': 'KilnError', 'exception.message': 'the door is open' };
      await real().write([
        storedRecord({ service, at: 3, body: 'firing failed', severity: 'ERROR', attributes: failed }),
      ]);
      assert.match(
        (await run(['search', 'failed door'])).out,
        /ERROR +firing failed +KilnError: the door is open\n✓ whole: 1 hit\n$/,
      );
      const one = await run(['search', 'cold', '--limit', '1']);
      assert.match(one.out, /cold again\n! partial: the newest 1 of 2 are shown: there are older ones\n$/);
      const next = /^lookup: older ones: npm run lookup -- search 'cold' --from \S+ --limit 1 --after (\S+)\n$/.exec(
        one.talk,
      );
      const two = await run(['search', 'cold', '--limit', '1', '--after', next?.[1] ?? '']);
      assert.match(two.out, /the kiln is cold\n/);
      assert.doesNotMatch(two.out, /again/);
    });

    it('prints JSON, a line of JSON each, and OTLP', async () => {
      const spansAndRecords = exampleOrder().length;
      const lines = (await run(['order', exampleOrderId, '--ndjson'])).out.trimEnd().split('\n');
      assert.equal(lines.length, spansAndRecords);
      assert.equal(JSON.parse(lines[0] ?? '').traceId, exampleTraceId);
      const otlp = (await run(['order', exampleOrderId, '--otlp'])).out.trimEnd().split('\n');
      const keys = otlp.map((line) => Object.keys(JSON.parse(line))[0]);
      assert.deepEqual(keys, ['resourceSpans', 'resourceLogs']);
      const found = JSON.parse(
        (await run(['search', 'service:mes-api event:calculation.finished', '--json'])).out,
      ) as SearchAnswer;
      assert.deepEqual(
        found.stories.map(({ orderId }) => orderId),
        [exampleOrderId],
      );
      const one = (await run(['search', 'service:mes-api event:calculation.finished', '--ndjson', '--limit', '1'])).out;
      assert.equal(JSON.parse(one).service, 'mes-api');
    });

    it('lists the services', async () => {
      const { services } = JSON.parse((await run(['services', '--json'])).out) as ServicesAnswer;
      const storage = services.find((each) => each.service === '3d-file-storage');
      assert.deepEqual([storage?.spans, storage?.records, storage?.errors], [1, 3, 0]);
      assert.match(
        (await run(['services'])).out,
        /^service +spans +records +errors {2}last\n3d-file-storage +1 +3 +0 {2}2026-11-21/,
      );
    });

    it('ends quietly when its reader has seen enough', async () => {
      const main = fileURLToPath(new URL('../main.js', import.meta.url));
      const line = '"$0" "$1" order "$2" --since 1970-01-02 --ndjson | head -c 10';
      const shell = spawn('bash', ['-o', 'pipefail', '-c', line, process.execPath, main, 'ORD-WIDE'], {
        env: { PATH: process.env.PATH, ...real().environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let talk = '';
      shell.stderr.on('data', (chunk) => (talk += chunk));
      shell.stdout.resume();
      const [code] = await once(shell, 'close');
      assert.deepEqual([code, talk], [0, '']);
    });

    it('tells what arrives from now on, also what comes late, until it is interrupted', async () => {
      const main = fileURLToPath(new URL('../main.js', import.meta.url));
      const tail = spawn(process.execPath, [main, 'tail', 'order:ORD-TAIL', '--since', '1h', '--ndjson'], {
        env: { PATH: process.env.PATH, ...real().environment },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines: { body: string; late?: true }[] = [];
      const printed = createInterface({ input: tail.stdout });
      printed.on('line', (line) => lines.push(JSON.parse(line)));
      const shown = async (count: number) => {
        while (lines.length < count) await once(printed, 'line');
      };
      const now = Date.now();
      const at = (agoMs: number, body: string) =>
        storedRecord({ service, at: now - agoMs - exampleStartMs, body, trace: traceIdOf(60), ...order('ORD-TAIL') });
      try {
        await real().write([at(5_000, 'first'), at(4_000, 'second'), at(-3_600_000, 'from a clock an hour ahead')]);
        await shown(3);
        await real().write([at(60_000, 'late')]);
        await shown(4);
      } finally {
        tail.kill('SIGINT');
      }
      const [code] = await once(tail, 'close');
      assert.equal(code, 0);
      assert.deepEqual(
        lines.map(({ body, late }) => [body, late]),
        [
          ['first', undefined],
          ['second', undefined],
          ['from a clock an hour ahead', undefined],
          ['late', true],
        ],
      );
    });
  });
}
