import assert from 'node:assert/strict';
import {
  exampleStartMs,
  type StoredExample,
  spanIdOf,
  storedRecord,
  storedSpan,
  traceIdOf,
} from '../example/documents.js';
import { exampleOrder, exampleOrderId, exampleTraceId } from '../example/order.js';
import { type Asked, findStory, type Story, type StoryOptions } from '../index.js';
import type { Real } from './stack.js';

const order = (id: string) => ({ attributes: { 'order.id': id } });
const service = 'crm-api';

export function names(story: Story): string[] {
  return story.traces.flatMap((trace) =>
    trace.entries.map((entry) => (entry.type === 'span' ? entry.name : entry.body)),
  );
}

export function describeStories(real: () => Real): void {
  describe('a story from a real Elasticsearch', () => {
    let beforeTheFirstRecord: Story;
    const write = (examples: readonly StoredExample[]) => real().write(examples);
    const ask = (asked: Asked, options: StoryOptions = {}) =>
      findStory(real().client, asked, { since: new Date(0), ...options });
    const storyOf = (orderId: string, options: StoryOptions = {}) => ask({ orderId }, options);

    before(async () => {
      beforeTheFirstRecord = await storyOf(exampleOrderId);
      await write(exampleOrder());
    });

    it('is empty, and no failure, before the first record was ever stored', () => {
      assert.equal(beforeTheFirstRecord.verdict, 'empty');
    });

    it('finds the whole story of an order through five services, and of its trace', async () => {
      const byOrder = await storyOf(exampleOrderId);
      const byTrace = await ask({ traceId: exampleTraceId });
      assert.equal(byOrder.verdict, 'whole', JSON.stringify(byOrder.gaps));
      assert.equal(byOrder.traces[0]?.entries.length, exampleOrder().length);
      assert.deepEqual(names(byTrace), names(byOrder));
    });

    it('takes neither a part of an id for it, nor an id that it is a part of', async () => {
      await write([storedRecord({ service, at: 0, body: 'longer', ...order(`${exampleOrderId}-2`) })]);
      assert.ok(!names(await storyOf(exampleOrderId)).includes('longer'));
      assert.deepEqual(names(await storyOf(`${exampleOrderId}-2`)), ['longer']);
      assert.equal((await storyOf(exampleOrderId.slice(0, -1))).verdict, 'empty');
      const otherCase = await storyOf(exampleOrderId.toLowerCase());
      assert.deepEqual([otherCase.verdict, otherCase.notes.map(({ kind }) => kind)], ['empty', ['other-case']]);
      assert.match(otherCase.notes[0]?.text ?? '', new RegExp(`^there is ${exampleOrderId}, which differs`));
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
      const [cut] = bounded.gaps.filter((gap) => gap.kind === 'links-cut');
      assert.match(
        cut?.text ?? '',
        /^1 further trace is linked that .*\(1 followed, one step away\); go on with: trace a+/,
      );
    });

    it('names the traces that are linked two steps away, and does not follow them', async () => {
      const [click, next, third, fourth] = [0x251, 0x252, 0x253, 0x254].map(traceIdOf) as [
        string,
        string,
        string,
        string,
      ];
      await write([
        storedSpan({ service, trace: click, id: 'click', at: 0, ...order('ORD-CHAIN') }),
        storedSpan({ service, trace: next, id: 'next', at: 10, links: [{ trace: click, id: 'click' }] }),
        storedSpan({ service, trace: third, id: 'third', at: 20, links: [{ trace: next, id: 'next' }] }),
        storedSpan({ service, trace: fourth, id: 'fourth', at: 30, links: [{ trace: next, id: 'next' }] }),
      ]);
      const story = await storyOf('ORD-CHAIN');
      assert.deepEqual(names(story), ['click', 'next']);
      assert.deepEqual([story.verdict, story.gaps.map(({ kind }) => kind)], ['partial', ['links-cut']]);
      assert.match(story.gaps[0]?.text ?? '', /^2 further traces are linked that were not followed/);
      const goOn = /trace (\w{32})$/.exec(story.gaps[0]?.text ?? '')?.[1] ?? '';
      assert.ok([third, fourth].includes(goOn));
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

    it('puts clocks that are 3 s apart right, and says by how much', async () => {
      const trace = traceIdOf(30);
      await write([
        storedSpan({ service, trace, id: 'call', kind: 'Client', at: 0, tookMs: 50, ...order('ORD-CLOCKS') }),
        storedSpan({ service: 'mes-api', trace, id: 'answer', kind: 'Server', parent: 'call', at: -2_990, tookMs: 30 }),
        storedRecord({ service: 'mes-api', trace, span: 'answer', at: -2_980, body: 'working' }),
        storedRecord({ service, trace, span: 'call', at: 1, body: 'calling' }),
      ]);
      const story = await storyOf('ORD-CLOCKS');
      assert.deepEqual(names(story), ['call', 'calling', 'answer', 'working']);
      // The call leaves 20 ms for the ways there and back: 10 ms each.
      const times = story.traces[0]?.entries.map(({ timeMs, correctedMs }) => [timeMs - exampleStartMs, correctedMs]);
      assert.deepEqual(times, [
        [0, undefined],
        [1, undefined],
        [10, 3_000],
        [20, 3_000],
      ]);
      assert.deepEqual(
        story.notes.map(({ text }) => text),
        ['the clock of mes-api is about 3.00 s behind that of crm-api: its times are shown 3.00 s later'],
      );
      assert.equal(story.verdict, 'whole');
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
      // An end alone: the days before it are looked at, not the last ones.
      const until = new Date(at);
      assert.deepEqual(names(await findStory(real().client, { orderId: 'ORD-WINDOW' }, { until })), ['early', 'named']);
    });

    it('is empty for an id that does not exist', async () => {
      const nowhere: Asked[] = [
        { orderId: 'ORD-NOWHERE' },
        { traceId: 'f'.repeat(32) },
        { spanId: 'f'.repeat(16) },
        { messageId: 'm-nowhere' },
        { attribute: 'file.id', value: 'f-nowhere' },
        { query: 'nowhere to be found' },
      ];
      for (const asked of nowhere) {
        const story = await ask(asked);
        assert.deepEqual([story.verdict, story.traces, story.gaps], ['empty', [], []], JSON.stringify(asked));
      }
    });

    it('is found by a span, a message, an attribute, a part of a resource and words', async () => {
      const ways: Asked[] = [
        { spanId: spanIdOf('process1') },
        { messageId: 'm-1' },
        { attribute: 'file.id', value: 'f-77' },
        { attribute: 'model.polygons', value: '5120' },
        { query: 'event:calculation.finished @order.price>400 service:mes-api' },
      ];
      for (const asked of ways) {
        const story = await ask(asked);
        assert.deepEqual(
          story.traces.map(({ traceId }) => traceId),
          [exampleTraceId],
          JSON.stringify(asked),
        );
        assert.equal(story.traces[0]?.entries.length, exampleOrder().length);
      }
      const partOfOne: Asked[] = [
        { messageId: 'm' },
        { spanId: spanIdOf('process1').slice(0, 15) },
        { attribute: 'file.id', value: 'f-7' },
        { attribute: 'model.polygons', value: 'many' },
      ];
      for (const asked of partOfOne) assert.equal((await ask(asked)).verdict, 'empty', JSON.stringify(asked));
    });

    it('of a trace outside of its window is found all the same, and says so', async () => {
      const story = await ask({ traceId: exampleTraceId }, { since: new Date(exampleStartMs + 3_600_000) });
      assert.deepEqual(
        story.notes.map(({ kind, text }) => [kind, text]),
        [
          [
            'window-widened',
            'not in the window since 2026-11-21 02:40 UTC: the window was widened to all that is kept',
          ],
        ],
      );
      assert.equal(story.verdict, 'whole');
      const until = await ask({ orderId: exampleOrderId }, { until: new Date(exampleStartMs - 1) });
      assert.equal(until.verdict, 'empty');
    });

    it('tells of spans without records, and of records without spans', async () => {
      const [onlySpans, onlyRecords] = [traceIdOf(32), traceIdOf(33)];
      await write([
        storedSpan({ service, trace: onlySpans, id: 'silent', at: 0, ...order('ORD-SILENT') }),
        storedRecord({ service, trace: onlyRecords, at: 0, body: 'bodiless', ...order('ORD-BODILESS') }),
      ]);
      assert.deepEqual(
        [names(await storyOf('ORD-SILENT')), (await storyOf('ORD-SILENT')).verdict],
        [['silent'], 'whole'],
      );
      const story = await storyOf('ORD-BODILESS');
      assert.deepEqual([names(story), story.gaps.map(({ kind }) => kind)], [['bodiless'], ['no-spans']]);
    });

    it('says that it is still arriving while its newest entry is seconds old', async () => {
      const now = new Date(exampleStartMs + 3_000);
      await write([storedSpan({ service, trace: traceIdOf(34), id: 'fresh', at: 0, ...order('ORD-FRESH') })]);
      assert.deepEqual(
        (await storyOf('ORD-FRESH', { now })).gaps.map(({ kind }) => kind),
        ['still-arriving'],
      );
      assert.equal((await storyOf('ORD-FRESH')).verdict, 'whole');
    });

    it('reads a chain of 10,000 spans, each beneath the one before', async () => {
      const trace = traceIdOf(35);
      const deep = Array.from({ length: 10_000 }, (_, index) =>
        storedSpan({
          service,
          trace,
          id: index.toString(36),
          at: index / 1_000,
          ...(index > 0 && { parent: (index - 1).toString(36) }),
          ...(index === 9_999 && order('ORD-DEEP')),
        }),
      );
      await write(deep);
      const story = await storyOf('ORD-DEEP');
      assert.equal(story.verdict, 'whole', JSON.stringify(story.gaps));
      assert.deepEqual(story.traces[0]?.entries.at(-1)?.depth, 9_999);
    });
  });
}
