import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';

const trace = traceIdOf(9);
const service = 'crm-api';
const of = (order: string) => ({ attributes: { 'order.id': order } });

function namesIn(orderId: string, documents: readonly Parameters<typeof storyOf>[1][number][]) {
  const story = storyOf({ orderId }, documents);
  const names = story.traces.flatMap((each) =>
    each.entries.map((entry) => (entry.type === 'span' ? entry.name : entry.body)),
  );
  return { story, names };
}

describe('a trace that several orders share', () => {
  const list = [
    storedSpan({ service, trace, id: 'list', at: 0 }),
    storedSpan({ service, trace, id: 'query', parent: 'list', at: 1 }),
    storedRecord({ service, trace, span: 'list', at: 2, body: 'about one', ...of('ORD-1') }),
    storedRecord({ service, trace, span: 'list', at: 3, body: 'about ten', ...of('ORD-10') }),
    storedSpan({ service, trace, id: 'ten', parent: 'list', at: 4, ...of('ORD-10') }),
    storedRecord({ service, trace, span: 'ten', at: 5, body: 'beneath ten' }),
  ];

  it('gives an order what names it and what names none, and says how much it left out', () => {
    const { story, names } = namesIn('ORD-1', list);
    assert.deepEqual(names, ['list', 'query', 'about one']);
    assert.equal(story.verdict, 'whole');
    assert.deepEqual(
      story.notes.map(({ kind, count, text }) => [kind, count, /1 other order/.test(text)]),
      [['other-orders', 3, true]],
    );
  });

  it('does not take an id for another that it is a part of', () => {
    assert.deepEqual(namesIn('ORD-10', list).names, ['list', 'query', 'about ten', 'ten', 'beneath ten']);
  });

  it("keeps another order's span that stands above something of this order, and marks it", () => {
    const { story, names } = namesIn('ORD-1', [
      storedSpan({ service, trace, id: 'batch', at: 0, ...of('ORD-10') }),
      storedRecord({ service, trace, span: 'batch', at: 1, body: 'about ten' }),
      storedSpan({ service, trace, id: 'one', parent: 'batch', at: 2, ...of('ORD-1') }),
    ]);
    assert.deepEqual(names, ['batch', 'one']);
    assert.equal(story.verdict, 'whole');
    assert.deepEqual(
      story.traces[0]?.entries.map((entry) => entry.otherOrder ?? false),
      [true, false],
    );
  });

  it('is told whole when the trace itself is asked for', () => {
    const story = storyOf({ traceId: trace }, list);
    assert.equal(story.traces[0]?.entries.length, list.length);
  });
});
