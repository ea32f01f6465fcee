import assert from 'node:assert/strict';
import { encode } from '@msgpack/msgpack';
import { openReceiver, type Receiver } from './receiver.js';

describe('the receiver of the bench', () => {
  let receiver: Receiver;
  before(async () => {
    receiver = await openReceiver();
  });
  after(() => receiver.close());

  const post = async (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) => {
    const response = await fetch(receiver.url + path, { method: 'POST', headers: { 'content-type': type }, body });
    assert.equal(response.status, 200);
  };

  it('counts each log record and each server span once, in JSON, protobuf and the form of dd-trace', async () => {
    const record = (id: number) => ({ attributes: [{ key: 'work.id', value: { intValue: String(id) } }] });
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [record(1), record(2), record(2)] }] }] };
    await post('/v1/logs', 'application/json', JSON.stringify(logs));
    const spans = [
      { spanId: 'aa', kind: 2 },
      { spanId: 'aa', kind: 2 },
      { spanId: 'bb', kind: 3 },
    ];
    await post('/v1/traces', 'application/json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    await post('/v1/logs', 'application/x-protobuf', protobufRecord(7));
    const trace = [
      { span_id: 5, meta: { 'span.kind': 'server' } },
      { span_id: 6, meta: { 'span.kind': 'client' } },
    ];
    await post('/v0.4/traces', 'application/msgpack', Uint8Array.from(encode([trace])));
    await post('/api/v2/logs?ddsource=winston', 'application/json', JSON.stringify([{ 'work.id': 8 }, { other: 1 }]));
    const { records, serverSpans } = receiver.arrived();
    assert.deepEqual([...records].sort(), [1, 2, 7, 8]);
    assert.deepEqual([...serverSpans].sort(), ['5', 'aa']);
  });
});

/** By hand from the wire format: field number and length before each nested message. */
function protobufRecord(id: number): Uint8Array<ArrayBuffer> {
  const nested = (field: number, content: readonly number[]) => [field * 8 + 2, content.length, ...content];
  const attribute = [...nested(1, [...Buffer.from('work.id')]), ...nested(2, [3 * 8, id])];
  return Uint8Array.from(nested(1, nested(2, nested(2, nested(6, attribute)))));
}
