import assert from 'node:assert/strict';
import { startProbes } from './probes.js';

const noon = Date.parse('2026-11-21T12:00:00Z');

function bodyWith(...uids: string[]): Buffer {
  const lines = uids.map(
    (uid) => `{"create":{"_index":"logs-x.otel-default","_id":"${uid}-1795262400000000000"}}\n{}\n`,
  );
  return Buffer.from(`{"create":{"_index":"logs-x.otel-default"}}\n{}\n${lines.join('')}`);
}

describe('how far the queue has come', () => {
  it('is seen by a record of the relay that is stored, though the queue is never empty', () => {
    const probes = startProbes(noon);
    const [one, other] = [probes.uidAt(noon + 10_000), probes.uidAt(noon + 20_000)];
    assert.equal(probes.clearedAt, noon);
    probes.stored(bodyWith('another-uid'));
    assert.equal(probes.clearedAt, noon);
    probes.stored(bodyWith('another-uid', one, other));
    assert.equal(probes.clearedAt, noon + 20_000);
    probes.stored(bodyWith(one));
    assert.equal(probes.clearedAt, noon + 20_000);
  });

  it('is seen by an empty queue', () => {
    const probes = startProbes(noon);
    probes.emptyAt(noon + 5_000);
    assert.equal(probes.clearedAt, noon + 5_000);
  });

  it('is not seen by what another relay sent, and its uids make ids', () => {
    const probes = startProbes(noon);
    const uid = startProbes(noon).uidAt(noon + 10_000);
    assert.match(uid, /^[\w-]{8,64}$/); // transform/route of otel-collector.yaml
    probes.stored(bodyWith(uid));
    assert.equal(probes.clearedAt, noon);
  });
});
