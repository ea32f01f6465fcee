import assert from 'node:assert/strict';
import { storyOf } from '../example/collected.js';
import { storedRecord, storedSpan, traceIdOf } from '../example/documents.js';
import { type Choice, errorRows, linesOf, namesAbove, nextError, tell } from './rows.js';
import { storyView } from './story-view.js';

const trace = traceIdOf(1);
const span = (id: string, at: number, parent?: string, error?: string) =>
  storedSpan({ service: 'shop-api', trace, id, at, tookMs: 5, ...(parent && { parent }), ...(error && { error }) });
const view = storyView(
  storyOf({ traceId: trace }, [
    span('root', 0),
    span('left', 10, 'root'),
    span('leaf', 30, 'left', 'broken'),
    span('right', 20, 'root'),
    storedRecord({ service: 'mes-api', trace, span: 'right', at: 21, body: 'kiln cold', severity: 'ERROR' }),
    storedRecord({ service: 'mes-api', trace, span: 'right', at: 22, event: 'db.query' }),
  ]),
);
const plain: Choice = { all: false, order: 'tree', closed: new Set() };
const idOf = (text: string) =>
  view.rows.find((row) => row.line.some((segment) => segment.text.includes(text)))?.id ?? '';

/** One line a row: its level in spaces, `+` where it is folded up. */
function outline(choice: Partial<Choice> = {}): string[] {
  const full = { ...plain, ...choice };
  return linesOf(view, tell(view, full), full).map((line) => {
    if (line.kind === 'trace') return `trace${line.open ? '' : ' +'}`;
    const text = view.rows[line.row]?.line.map((segment) => segment.text).join('') ?? '';
    return `${' '.repeat(line.level - 1)}${text.trim()}${line.open === false ? ' +' : ''}`;
  });
}

describe('the rows of the page', () => {
  it('stand as the story tells them, without what only repeats another', () => {
    assert.deepEqual(outline(), ['trace', ' root', '  left', '   leaf', '  right', '   ERROR  kiln cold']);
    assert.equal(outline({ all: true }).length, 7);
  });

  it('stand by time in the timeline, all on one level', () => {
    assert.deepEqual(outline({ order: 'time' }), ['root', 'left', 'right', 'ERROR  kiln cold', 'leaf']);
  });

  it('hide what hangs beneath a row that is folded up', () => {
    assert.deepEqual(outline({ closed: new Set([idOf('left')]) }).slice(2, 4), ['  left +', '  right']);
    assert.deepEqual(outline({ closed: new Set(['t0']) }), ['trace +']);
  });

  it('are those of one span where it alone is chosen', () => {
    assert.deepEqual(outline({ scope: idOf('right') }), ['trace', ' right', '  ERROR  kiln cold']);
  });

  it('are those with the words, and what they hang beneath', () => {
    assert.deepEqual(outline({ find: 'COLD kiln' }), ['trace', ' root', '  right', '   ERROR  kiln cold']);
    assert.deepEqual(outline({ find: 'mes-api' }).length, 4);
    assert.deepEqual(outline({ find: 'nowhere' }), []);
  });

  it('lead from error to error and round, from any row', () => {
    const told = tell(view, plain);
    const [leaf = -1, record = -1] = errorRows(view, told, 'tree');
    assert.equal(view.rows[leaf]?.trouble, 'broken');
    assert.equal(nextError(view, told, 'tree', -1, 1), leaf);
    assert.equal(nextError(view, told, 'tree', leaf, 1), record);
    assert.equal(nextError(view, told, 'tree', record, 1), leaf);
    assert.equal(nextError(view, told, 'tree', leaf, -1), record);
    assert.equal(nextError(view, told, 'tree', 0, -1), record);
    assert.deepEqual(errorRows(view, told, 'time'), [record, leaf]);
  });

  it('know what has to be opened for them', () => {
    const told = tell(view, plain);
    const leaf = view.rows.findIndex((row) => row.mark === 'error');
    assert.deepEqual(namesAbove(view, told, leaf), ['t0', idOf('left'), idOf('root')]);
  });
});
