import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { type StoredExample, storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { fold, inTimeOrder } from './fold.js';

const trace = traceIdOf(3);

function shownOf(examples: readonly StoredExample[]): string[] {
  const { entries } = storyOf({ traceId: trace }, examples).traces[0] ?? { entries: [] };
  return fold(entries).shown.map(
    ({ entry, depth }) => '  '.repeat(depth) + (entry.type === 'span' ? entry.name : entry.eventName),
  );
}

const status = (code: number) => ({ attributes: { 'http.response.status_code': code } });
const root = storedSpan({ service: 'shop', trace, id: 'root', at: 0 });
const call = storedSpan({ service: 'shop', trace, id: 'call', parent: 'root', at: 1, kind: 'Client', ...status(200) });
const served = storedSpan({
  service: 'api',
  trace,
  id: 'served',
  parent: 'call',
  at: 2,
  kind: 'Server',
  ...status(200),
});

describe('folding', () => {
  it("tells a call by its server's line", () => assert.deepEqual(shownOf([root, call, served]), ['root', '  served']));

  it('keeps a call whose server never logged it', () => assert.deepEqual(shownOf([root, call]), ['root', '  call']));

  it('keeps a call that failed though its server answered', () => {
    const failed = storedSpan({
      service: 'shop',
      trace,
      id: 'call',
      parent: 'root',
      at: 1,
      kind: 'Client',
      error: 'aborted',
    });
    assert.deepEqual(shownOf([root, failed, served]), ['root', '  call', '    served']);
  });

  it('keeps a call that saw another status than its server sent', () => {
    const other = storedSpan({
      service: 'shop',
      trace,
      id: 'call',
      parent: 'root',
      at: 1,
      kind: 'Client',
      ...status(502),
    });
    assert.deepEqual(shownOf([root, other, served]), ['root', '  call', '    served']);
  });

  it('keeps a call in which something was logged', () => {
    const logged = storedRecord({ service: 'shop', trace, span: 'call', at: 2, event: 'http.client.retry' });
    assert.deepEqual(shownOf([root, call, logged, served]), ['root', '  call', '    served', '    http.client.retry']);
  });

  it('leaves out what only frames: steps of a web framework, a connection, the bounds of a transaction', () => {
    const step = (id: string, parent: string) => {
      const { stream, source } = storedSpan({ service: 'api', trace, id, parent, at: 3 });
      return { stream, source: { ...source, scope: { name: '@opentelemetry/instrumentation-express' } } };
    };
    const sql = (id: string, text: string) =>
      storedSpan({ service: 'api', trace, id, parent: 'handler', at: 4, attributes: { 'db.query.text': text } });
    const began = storedRecord({ service: 'api', trace, span: 'began', at: 4, event: 'db.query' });
    const connected = storedSpan({
      service: 'api',
      trace,
      id: 'pool',
      parent: 'handler',
      at: 4,
      name: 'pg-pool.connect',
    });
    const documents = [root, step('layer', 'root'), step('handler', 'layer'), connected, sql('began', 'BEGIN'), began];
    assert.deepEqual(shownOf([...documents, sql('asked', 'SELECT 1'), sql('ended', 'COMMIT')]), ['root', '  asked']);
  });

  it('keeps a step of a framework that failed', () => {
    const { stream, source } = storedSpan({
      service: 'api',
      trace,
      id: 'layer',
      parent: 'root',
      at: 3,
      error: 'threw',
    });
    const layer = { stream, source: { ...source, scope: { name: '@opentelemetry/instrumentation-express' } } };
    assert.deepEqual(shownOf([root, layer]), ['root', '  layer']);
  });

  it('keeps a record that has no span to be told by', () => {
    const query = storedRecord({ service: 'shop', trace, at: 1, event: 'db.query' });
    assert.deepEqual(shownOf([root, query]), ['root', 'db.query']);
  });
});

describe('the order of lines', () => {
  const lines = (examples: readonly StoredExample[]) => {
    const { entries } = storyOf({ traceId: trace }, examples).traces[0] ?? { entries: [] };
    return inTimeOrder(fold(entries).shown).map(({ entry }) => (entry.type === 'span' ? entry.name : entry.body));
  };
  const sent = storedSpan({ service: 'shop', trace, id: 'sent', parent: 'root', at: 1, kind: 'Producer' });
  const received = (at: number) =>
    storedSpan({ service: 'mes', trace, id: 'received', parent: 'sent', at, kind: 'Consumer' });
  const logged = (at: number, body: string, span: string) => storedRecord({ service: 'any', trace, span, at, body });

  it('is that of time, when a sender goes on while the receiver works', () => {
    const found = lines([
      root,
      sent,
      received(3),
      logged(4, 'works', 'received'),
      logged(5, 'went on', 'root'),
      logged(6, 'done', 'received'),
    ]);
    assert.deepEqual(found, ['root', 'sent', 'received', 'works', 'went on', 'done']);
  });

  it('never has a thing before the span above it, though a clock says so', () => {
    const found = lines([
      root,
      sent,
      received(-3_000),
      logged(-2_999, 'works', 'received'),
      logged(5, 'went on', 'root'),
    ]);
    assert.deepEqual(found, ['root', 'sent', 'received', 'works', 'went on']);
  });
});
