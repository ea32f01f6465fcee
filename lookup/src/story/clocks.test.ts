import assert from 'node:assert/strict';
import { storedSpan, traceIdOf } from '../example/documents.js';
import { readDocument, type SpanDocument } from '../store/documents.js';
import { compareClocks } from './clocks.js';

type Given = Partial<Parameters<typeof storedSpan>[0]>;

function span(service: string, id: string, at: number, tookMs: number, more: Given = {}): SpanDocument {
  const { source } = storedSpan({ service, id, at, tookMs, trace: traceIdOf(1), ...more });
  const document = readDocument({ _index: '.ds-traces-x.otel-default-1', _source: source });
  if (document.type !== 'span') throw new Error('not a span');
  return document;
}

function corrections(spans: readonly SpanDocument[]): number[] {
  const clocks = compareClocks(spans);
  return spans.map((each) => Math.round(clocks.correctionOf(each) * 1_000) / 1_000);
}

const client = { kind: 'Client' } as const;
const server = (parent: string) => ({ kind: 'Server', parent }) as const;

describe('clocks', () => {
  it('that may be right are left as they are', () => {
    assert.deepEqual(corrections([span('a', 'call', 0, 50, client), span('b', 'work', 2, 40, server('call'))]), [0, 0]);
    assert.deepEqual(
      corrections([span('a', 'call', 0, 50, client), span('b', 'work', -3, 50, server('call'))]),
      [0, 0],
    );
  });

  it('take what all calls between two services allow', () => {
    const spans = [
      span('a', 'call', 0, 100, client),
      span('b', 'work', 5_000, 20, server('call')),
      span('a', 'call2', 200, 30, client),
      span('b', 'work2', 5_205, 20, server('call2')),
    ];
    // The first call leaves 5,000 to 4,920 ms to take away, the second 5,005 to 4,995.
    assert.deepEqual(corrections(spans), [0, -4_997.5, 0, -4_997.5]);
    assert.equal(compareClocks(spans).notes.length, 1);
  });

  it('are put right down the calls: whoever is on the clock of a wrong one is moved with it', () => {
    const spans = [
      span('a', 'call', 0, 100, client),
      span('b', 'work', -2_990, 80, server('call')),
      span('b', 'call2', -2_980, 50, { ...client, parent: 'work' }),
      span('c', 'work2', -2_975, 40, server('call2')),
    ];
    assert.deepEqual(corrections(spans), [0, 3_000, 3_000, 3_000]);
  });

  it('of a server that went on after its client gave up are not called wrong', () => {
    assert.deepEqual(
      corrections([span('a', 'call', 0, 50, client), span('b', 'work', 10, 900, server('call'))]),
      [0, 0],
    );
  });

  it('survive services that call each other in a circle', () => {
    const spans = [
      span('a', 'one', 0, 100, { ...client, parent: 'four' }),
      span('b', 'two', 10, 80, server('one')),
      span('b', 'three', 20, 50, { ...client, parent: 'two' }),
      span('a', 'four', 30, 30, server('three')),
    ];
    assert.equal(corrections(spans).length, 4);
  });
});
