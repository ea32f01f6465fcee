import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { exampleOrder, exampleOrderId } from '../example/order.js';
import type { Story } from './story.js';

const trace = traceIdOf(7);
const service = 'shop-api';
const asked = { traceId: trace };

const span = (id: string, at: number, parent?: string, more: Partial<Parameters<typeof storedSpan>[0]> = {}) =>
  storedSpan({ service, trace, id, at, ...(parent !== undefined && { parent }), ...more });
const record = (body: string, at: number, inSpan?: string, more: Partial<Parameters<typeof storedRecord>[0]> = {}) =>
  storedRecord({ service, trace, body, at, ...(inSpan !== undefined && { span: inSpan }), ...more });

/** One line an entry, indented by depth: `root`, `  child`, `  "words"`. */
function outline(story: Story): string[] {
  return story.traces.flatMap((each) =>
    each.entries.map((entry) => '  '.repeat(entry.depth) + (entry.type === 'span' ? entry.name : `"${entry.body}"`)),
  );
}
const gapKinds = (story: Story) => story.gaps.map((gap) => gap.kind);

describe('a story', () => {
  it('is whole when every span has its parent and every record its span', () => {
    const story = storyOf({ orderId: exampleOrderId }, exampleOrder());
    assert.equal(story.verdict, 'whole');
    assert.deepEqual(story.gaps, []);
    assert.deepEqual(story.notes, []);
  });

  it('puts spans under their parents and records under their spans, by time, whatever the order they came in', () => {
    const story = storyOf(asked, [
      record('in the second', 31, 'second'),
      span('second', 30, 'root'),
      span('first', 10, 'root'),
      record('between them', 20, 'root'),
      span('root', 0),
      record('in the first', 11, 'first'),
    ]);
    assert.deepEqual(outline(story), [
      'root',
      '  first',
      '    "in the first"',
      '  "between them"',
      '  second',
      '    "in the second"',
    ]);
  });

  it('is empty when nothing was found', () => {
    const story = storyOf(asked, []);
    assert.equal(story.verdict, 'empty');
    assert.deepEqual(story.traces, []);
  });

  it('names a parent that never came and keeps what hangs beneath it', () => {
    const story = storyOf(asked, [span('root', 0), span('orphan', 5, 'absent'), span('leaf', 6, 'orphan')]);
    assert.equal(story.verdict, 'partial');
    assert.deepEqual(outline(story), ['root', 'orphan', '  leaf']);
    assert.deepEqual(gapKinds(story), ['missing-parent']);
    assert.match(story.gaps[0]?.text ?? '', /span 616273656e742e2e .*never came.*shop-api 'orphan'/);
  });

  it('names five parents that never came, and counts the rest', () => {
    const orphans = Array.from({ length: 100 }, (_, index) => span(`o${index}`, index + 1, `p${index}`));
    const story = storyOf(asked, [span('root', 0), ...orphans]);
    assert.equal(story.gaps.length, 6);
    assert.match(story.gaps[5]?.text ?? '', /^95 more spans of trace aaaaaaaa never came/);
  });

  it('without a root says where it begins', () => {
    const story = storyOf(asked, [span('entry', 0, 'absent'), span('leaf', 6, 'entry')]);
    assert.deepEqual(gapKinds(story), ['missing-root']);
    assert.match(story.gaps[0]?.text ?? '', /begins at shop-api 'entry'/);
  });

  it('is partial when a trace has records and no spans', () => {
    const story = storyOf(asked, [record('alone', 0, 'unknown')]);
    assert.deepEqual(gapKinds(story), ['no-spans']);
    assert.deepEqual(outline(story), ['"alone"']);
  });

  it('is partial when a record names a span that never came', () => {
    const story = storyOf(asked, [span('root', 0), record('stray', 5, 'absent')]);
    assert.deepEqual(gapKinds(story), ['missing-span']);
    assert.deepEqual(outline(story), ['root', '"stray"']);
  });

  it('leaves out what only claims to be a look, and says so', () => {
    const forged = storedRecord({
      service: 'lookup',
      trace,
      span: 'root',
      at: 5,
      event: 'access.granted',
      body: 'looked',
    });
    const story = storyOf(asked, [span('root', 0), forged]);
    assert.deepEqual(outline(story), ['root']);
    assert.deepEqual(
      story.notes.map(({ kind, text }) => [kind, text]),
      [['not-a-look', '1 entry left out that claims to be from the look-up and did not come through its door']],
    );
  });

  it('survives parents that go in a circle, and says so', () => {
    const story = storyOf(asked, [
      span('root', 0),
      span('hen', 5, 'egg'),
      span('egg', 6, 'hen'),
      span('self', 7, 'self'),
    ]);
    assert.deepEqual(outline(story), ['root', 'hen', '  egg', 'self']);
    assert.deepEqual(gapKinds(story), ['parent-cycle']);
    assert.equal(story.gaps[0]?.count, 3);
  });

  it('is still arriving while its newest entry is seconds old', () => {
    const story = storyOf(asked, [span('root', 0, undefined, { tookMs: 58_000 })]);
    assert.deepEqual(gapKinds(story), ['still-arriving']);
    assert.match(story.gaps[0]?.text ?? '', /2\.0 s old/);
  });

  it('says at how many of how many it was cut', () => {
    const story = storyOf(asked, [span('root', 0)], { total: 30_001 });
    assert.deepEqual(gapKinds(story), ['cut']);
    assert.match(story.gaps[0]?.text ?? '', /1 of 30,001/);
  });

  it('says when shards did not answer', () => {
    assert.deepEqual(gapKinds(storyOf(asked, [span('root', 0)], { failedShards: 2 })), ['shards-failed']);
  });

  it('notes a clock that is behind and keeps the tree', () => {
    const story = storyOf(asked, [
      span('call', 0, undefined, { tookMs: 50 }),
      storedSpan({ service: 'mes-api', trace, id: 'answer', parent: 'call', at: -2_990, tookMs: 20 }),
    ]);
    assert.deepEqual(outline(story), ['call', '  answer']);
    assert.equal(story.verdict, 'whole');
    assert.match(
      story.notes[0]?.text ?? '',
      /clock of mes-api is about 2\.99 s behind that of shop-api: its times are shown 2\.99 s later/,
    );
  });

  it('notes a clock that is ahead: a call was over before its server began', () => {
    const story = storyOf(asked, [
      span('call', 0, undefined, { tookMs: 50, kind: 'Client' }),
      storedSpan({ service: 'mes-api', trace, id: 'answer', parent: 'call', at: 2_000, tookMs: 50, kind: 'Server' }),
    ]);
    assert.match(
      story.notes[0]?.text ?? '',
      /clock of mes-api is about 2\.00 s ahead of that of shop-api: its times are shown 2\.00 s earlier/,
    );
  });

  it('notes no clock when a message waits in its queue', () => {
    const story = storyOf(asked, [
      span('send', 0, undefined, { tookMs: 5, kind: 'Producer' }),
      storedSpan({ service: 'mes-api', trace, id: 'process', parent: 'send', at: 9_000, tookMs: 1, kind: 'Consumer' }),
    ]);
    assert.deepEqual(story.notes, []);
  });

  it('takes a span that was delivered twice once', () => {
    const story = storyOf(asked, [span('root', 0), span('leaf', 1, 'root'), span('leaf', 1, 'root')]);
    assert.deepEqual(outline(story), ['root', '  leaf']);
    assert.deepEqual(
      story.notes.map((note) => note.kind),
      ['duplicates'],
    );
  });

  it('puts records that carry the id and no trace beside the traces, by time', () => {
    const order = { attributes: { 'order.id': 'ORD-1' } };
    const story = storyOf({ orderId: 'ORD-1' }, [
      storedRecord({ service: 'rabbitmq', at: 50, body: 'routed', ...order }),
      span('root', 0, undefined, order),
      span('later', 90, undefined, { ...order, trace: traceIdOf(8) }),
    ]);
    assert.deepEqual(outline(story), ['root', '"routed"', 'later']);
    assert.deepEqual(
      story.traces.map((each) => each.traceId),
      [trace, null, traceIdOf(8)],
    );
    assert.equal(story.verdict, 'whole');
  });

  it('of 5,000 spans, each beneath the one before, is one tree', () => {
    const deep = Array.from({ length: 5_000 }, (_, index) =>
      span(index.toString(36), index, index === 0 ? undefined : (index - 1).toString(36)),
    );
    const story = storyOf(asked, deep.reverse(), {});
    assert.equal(story.traces[0]?.entries.length, 5_000);
    assert.equal(story.traces[0]?.entries.at(-1)?.depth, 4_999);
    assert.ok(JSON.stringify(story).length > 0);
  });
});
