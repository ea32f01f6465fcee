import assert from 'node:assert/strict';
import { letterOf } from './letter.js';

function textOf(source: string): string {
  const document = { index: 'traces-crm.otel-default', id: 'x', source };
  const letter = letterOf({ at: 0, document, item: { status: 400 } }, new Date()).source as {
    attributes: { attributes_text: string };
  };
  return letter.attributes.attributes_text;
}

describe('a dead letter', () => {
  const link = { trace_id: 'a', span_id: 'b', trace_state: 'crm=Anna', attributes: { note: 'Anna' } };

  it('holds nothing of what senders put on the links of a span, which nobody has masked', () => {
    const kept = { trace_id: 'a', span_id: 'b' };
    assert.deepEqual(JSON.parse(textOf(JSON.stringify({ name: 'x', links: [link, link] }))), {
      name: 'x',
      links: [kept, kept],
    });
    assert.deepEqual(JSON.parse(textOf(JSON.stringify({ links: link }))), { links: [] });
    assert.equal(textOf(`{"name":"x","links":[${JSON.stringify(link)}`), '{"name":"x",');
  });

  it('holds any other document as it was written', () => {
    for (const source of ['{"attributes":{"n":12345678901234567890}, "b":1.0}', 'no JSON'])
      assert.equal(textOf(source), source);
  });
});
