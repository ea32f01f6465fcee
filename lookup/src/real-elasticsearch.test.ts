import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import type { Client } from '@elastic/elasticsearch';
import { type Stack, startStack } from '@hallmark/stack';
import { lookup } from './example/command.js';
import { type StoredExample, storedRecord, storedSpan, traceIdOf } from './example/documents.js';
import { exampleOrder, exampleOrderId, exampleTraceId } from './example/order.js';
import { store } from './example/store.js';
import { connect, findStory, type Story, type StoryOptions } from './index.js';

const order = (id: string) => ({ attributes: { 'order.id': id } });
const service = 'crm-api';

function names(story: Story): string[] {
  return story.traces.flatMap((trace) =>
    trace.entries.map((entry) => (entry.type === 'span' ? entry.name : entry.body)),
  );
}

describe('a look-up in a real Elasticsearch', function () {
  // A first run fetches the server.
  this.timeout(300_000);
  let stack: Stack;
  let client: Client;
  let supportUrl: string;
  let beforeTheFirstRecord: Story;
  const write = (examples: readonly StoredExample[]) => store(String(stack.env.ELASTICSEARCH_URL), examples);
  const storyOf = (orderId: string, options: StoryOptions = {}) =>
    findStory(client, { orderId }, { since: new Date(0), ...options });
  const run = (args: readonly string[], url = supportUrl) =>
    lookup([...args, '--since', '1970-01-02'], { folder: tmpdir(), environment: { LOOKUP_ELASTICSEARCH_URL: url } });

  before(async () => {
    stack = await startStack({ parts: ['elasticsearch'] });
    supportUrl = String(stack.env.LOOKUP_ELASTICSEARCH_URL);
    client = connect(supportUrl);
    beforeTheFirstRecord = await storyOf(exampleOrderId);
    await write(exampleOrder());
  });
  after(async () => {
    await client?.close();
    await stack?.stop();
  });

  it('is empty, and no failure, before the first record was ever stored', () => {
    assert.equal(beforeTheFirstRecord.verdict, 'empty');
  });

  it('finds the whole story of an order through five services, and of its trace', async () => {
    const byOrder = await storyOf(exampleOrderId);
    const byTrace = await findStory(client, { traceId: exampleTraceId }, { since: new Date(0) });
    assert.equal(byOrder.verdict, 'whole', JSON.stringify(byOrder.gaps));
    assert.equal(byOrder.traces[0]?.entries.length, exampleOrder().length);
    assert.deepEqual(names(byTrace), names(byOrder));
  });

  it('takes neither a part of an id for it, nor an id that it is a part of', async () => {
    await write([storedRecord({ service, at: 0, body: 'longer', ...order(`${exampleOrderId}-2`) })]);
    assert.ok(!names(await storyOf(exampleOrderId)).includes('longer'));
    assert.deepEqual(names(await storyOf(`${exampleOrderId}-2`)), ['longer']);
    assert.equal((await storyOf(exampleOrderId.slice(0, -1))).verdict, 'empty');
    assert.equal((await storyOf(exampleOrderId.toLowerCase())).verdict, 'empty');
  });

  it('reads a trace of 5,000 spans in pages, each once', async () => {
    const trace = traceIdOf(20);
    const wide = Array.from({ length: 5_000 }, (_, index) =>
      // All at one time: only the tie-break of the point in time keeps the pages apart.
      storedSpan({
        service,
        trace,
        id: index.toString(36),
        at: 0,
        ...(index > 0 && { parent: '0' }),
        ...order('ORD-WIDE'),
      }),
    );
    await write(wide);
    const story = await storyOf('ORD-WIDE', { pageSize: 700 });
    assert.equal(story.verdict, 'whole', JSON.stringify(story.gaps));
    assert.equal(new Set(names(story)).size, 5_000);
    const cut = await storyOf('ORD-WIDE', { pageSize: 700, maxEntries: 1_500 });
    assert.equal(cut.traces[0]?.entries.length, 1_500);
    assert.match(cut.gaps[0]?.text ?? '', /cut at 1,500 of 5,000/);
  });

  it('says what is missing: a parent that never came, a root, spans', async () => {
    const [noParent, noRoot, noSpans] = [traceIdOf(21), traceIdOf(22), traceIdOf(23)];
    await write([
      storedSpan({ service, trace: noParent, id: 'root', at: 0, ...order('ORD-PARTIAL') }),
      storedSpan({ service, trace: noParent, id: 'orphan', parent: 'lost', at: 1 }),
      storedSpan({ service, trace: noRoot, id: 'entry', parent: 'shop', at: 10, ...order('ORD-PARTIAL') }),
      storedRecord({ service, trace: noSpans, span: 'gone', at: 20, body: 'alone', ...order('ORD-PARTIAL') }),
    ]);
    const story = await storyOf('ORD-PARTIAL');
    assert.deepEqual(story.gaps.map((gap) => gap.kind).sort(), ['missing-parent', 'missing-root', 'no-spans']);
    assert.deepEqual(names(story), ['root', 'orphan', 'entry', 'alone']);
  });

  it('takes in a record that arrives a minute later', async () => {
    const trace = traceIdOf(24);
    await write([storedSpan({ service, trace, id: 'root', at: 0, ...order('ORD-LATE') })]);
    assert.deepEqual(names(await storyOf('ORD-LATE')), ['root']);
    await write([storedRecord({ service, trace, span: 'root', at: 60_000, body: 'late' })]);
    assert.deepEqual(names(await storyOf('ORD-LATE')), ['root', 'late']);
  });

  it('joins what happened in other traces and outside of any, and follows links both ways', async () => {
    const [click, step, batch, before] = [traceIdOf(25), traceIdOf(26), traceIdOf(27), traceIdOf(28)];
    await write([
      storedSpan({ service, trace: before, id: 'before', at: -10 }),
      storedSpan({
        service,
        trace: click,
        id: 'click',
        at: 0,
        links: [{ trace: before, id: 'before' }],
        ...order('ORD-JOIN'),
      }),
      storedSpan({ service, trace: batch, id: 'batch', at: 10, links: [{ trace: click, id: 'click' }] }),
      storedRecord({ service: 'rabbitmq', at: 20, body: 'outside', ...order('ORD-JOIN') }),
      storedRecord({ service, trace: step, at: 30, body: 'step', ...order('ORD-JOIN') }),
      storedSpan({ service, trace: step, id: 'operator', at: 29 }),
    ]);
    const story = await storyOf('ORD-JOIN');
    assert.deepEqual(names(story), ['before', 'click', 'batch', 'outside', 'operator', 'step']);
    assert.deepEqual(
      story.traces.map((trace) => trace.reason),
      ['link', 'order', 'link', 'order', 'order'],
    );
    assert.equal(story.verdict, 'whole', JSON.stringify(story.gaps));
    const bounded = await storyOf('ORD-JOIN', { maxLinkedTraces: 1 });
    assert.ok(bounded.gaps.some((gap) => gap.kind === 'links-cut'));
  });

  it('leaves out the other order of a shared trace', async () => {
    const trace = traceIdOf(29);
    await write([
      storedSpan({ service, trace, id: 'list', at: 0 }),
      storedRecord({ service, trace, span: 'list', at: 1, body: 'ours', ...order('ORD-OURS') }),
      storedRecord({ service, trace, span: 'list', at: 2, body: 'theirs', ...order('ORD-THEIRS') }),
    ]);
    const story = await storyOf('ORD-OURS');
    assert.deepEqual(names(story), ['list', 'ours']);
    assert.deepEqual(
      story.notes.map(({ kind, count }) => [kind, count]),
      [['other-orders', 1]],
    );
  });

  it('notes clocks that are 3 s apart', async () => {
    const trace = traceIdOf(30);
    await write([
      storedSpan({ service, trace, id: 'call', at: 0, tookMs: 50, ...order('ORD-CLOCKS') }),
      storedSpan({ service: 'mes-api', trace, id: 'answer', parent: 'call', at: -2_980, tookMs: 20 }),
    ]);
    const story = await storyOf('ORD-CLOCKS');
    assert.deepEqual(names(story), ['call', 'answer']);
    assert.match(story.notes[0]?.text ?? '', /mes-api is at least 3\.0 s behind/);
  });

  it('looks only in its window, and reads a trace that began before it whole', async () => {
    const trace = traceIdOf(31);
    const at = Date.UTC(2026, 10, 21, 2);
    await write([
      storedSpan({ service, trace, id: 'early', at: -3_600_000 }),
      storedRecord({ service, trace, span: 'early', at: 0, body: 'named', ...order('ORD-WINDOW') }),
    ]);
    assert.deepEqual(names(await storyOf('ORD-WINDOW', { since: new Date(at - 3_600_000) })), ['early', 'named']);
    assert.equal((await storyOf('ORD-WINDOW', { since: new Date(at) })).verdict, 'empty');
  });

  it('shows a message of 5 MB and escapes in it as text, cut', async () => {
    const body = `\u001b[2J\u202e${'x'.repeat(5_000_000)}`;
    await write([storedRecord({ service, at: 0, body, ...order('ORD-HOSTILE') })]);
    const shown = await run(['order', 'ORD-HOSTILE']);
    assert.equal(shown.code, 0);
    assert.ok(shown.out.includes('\\x1b[2J\\u{202e}xxx'));
    assert.ok(shown.out.length < 2_000);
    const json = await run(['order', 'ORD-HOSTILE', '--json']);
    const story = JSON.parse(json.out) as Story;
    assert.deepEqual(names(story), [body]);
    assert.ok(!json.out.includes('\u202e'));
  });

  it('as a command prints the story and ends with 0', async () => {
    const { code, out, talk } = await run(['order', exampleOrderId]);
    assert.deepEqual([code, talk], [0, '']);
    assert.match(out, /^Order ORD-7K2MXQ4BTZ {2}✓ whole\n/);
    assert.match(out, /mes-api .*← mes\.orders {2}message m-1/);
    assert.ok(!out.includes('\u001b'));
    const json = await run(['trace', exampleTraceId, '--json']);
    assert.equal((JSON.parse(json.out) as Story).verdict, 'whole');
  });

  it('as a command ends with 1 and one line when nothing was found', async () => {
    for (const args of [
      ['order', 'ORD-NOWHERE'],
      ['trace', 'f'.repeat(32)],
      ['search', 'nowhere to be found'],
    ]) {
      const { code, out, talk } = await run(args);
      assert.deepEqual([code, out], [1, '']);
      assert.match(talk, /^lookup: no[^\n]+ since 1970-01-02 [^\n]*\n$/);
    }
  });

  it('as a command searches words in messages, the newest first', async () => {
    await write([
      storedRecord({ service, at: 0, body: 'the kiln is cold', severity: 'WARN' }),
      storedRecord({ service, at: 1, body: 'the kiln is cold again', ...order('ORD-KILN') }),
      storedRecord({ service, at: 2, body: 'the kiln is warm' }),
    ]);
    const { code, out } = await run(['search', 'cold', 'kiln']);
    assert.equal(code, 0);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /crm-api +INFO +ORD-KILN +the kiln is cold again$/);
    assert.match(lines[1] ?? '', /crm-api +WARN +the kiln is cold$/);
    const failed = { 'exception.type': 'KilnError', 'exception.message': 'the door is open' };
    await write([storedRecord({ service, at: 3, body: 'firing failed', severity: 'ERROR', attributes: failed })]);
    assert.match((await run(['search', 'failed door'])).out, /ERROR +firing failed +KilnError: the door is open\n$/);
    const one = await run(['search', 'cold', '--limit', '1']);
    assert.match(one.out, /the newest 1 of 2/);
  });

  it('as a command says when its account is refused', async () => {
    const wrong = supportUrl.replace(/:[^:@/]+@/, ':wr0ng@');
    const { code, out, talk } = await run(['order', exampleOrderId], wrong);
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      talk,
      /^lookup: Elasticsearch at http:\/\/127\.0\.0\.1:\d+ refused the account '[^']+' \(401\)[^\n]*\n$/,
    );
    assert.ok(!talk.includes('wr0ng'));
  });
});
