import assert from 'node:assert/strict';
import type { Losses } from '../export/outage.js';
import type { PendingDelivery } from '../export/pipeline.js';
import { createLeave, type Leaving } from './leave.js';

/** A pipeline without a connection whose deliveries take so long to be put together, by a clock that only they move. */
function slowPipeline(loads: readonly number[], encodeMs: number) {
  const encoded: number[] = [];
  const ended: { undelivered: Losses; heldMs: number }[] = [];
  let clockMs = 1_000;
  let left = [...loads];
  const pipeline: Leaving = {
    pending: () => ({ records: left.reduce((sum, items) => sum + items, 0), spans: 0 }),
    drain: () => {
      const drained = left.map((items): PendingDelivery => {
        const encode = () => {
          encoded.push(items);
          clockMs += encodeMs;
          return {
            signal: 'records' as const,
            items,
            url: 'http://collector:4318',
            headers: {},
            body: new Uint8Array(items),
          };
        };
        return { signal: 'records', items, url: 'http://collector:4318', encode };
      });
      left = [];
      return drained;
    },
    acknowledge: () => undefined,
    outage: { ended: (undelivered, heldMs) => ended.push({ undelivered, heldMs }) },
    sockets: { busy: () => [], idle: () => [], connectAhead: () => undefined },
  };
  return { pipeline, encoded, ended, now: () => clockMs };
}

describe('leaving', () => {
  it('stops putting requests together when its time is nearly over, and counts what it gives up', () => {
    const { pipeline, encoded, ended, now } = slowPipeline([5, 70, 300, 2_000], 200);
    const stopped: number[] = [];
    createLeave({ pipeline, timeoutMs: 500, onStopped: (code) => stopped.push(code), now })(3);
    assert.deepEqual(encoded, [5, 70], 'the first ones are the last records');
    assert.deepEqual(ended, [{ undelivered: { records: 2_375, spans: 0 }, heldMs: 400 }]);
    assert.deepEqual(stopped, [3]);
  });

  it('tries nothing with a time of 0, writes no record, and counts once', () => {
    const { pipeline, encoded, ended, now } = slowPipeline([5, 70], 200);
    const leave = createLeave({ pipeline, timeoutMs: 0, onStopped: () => assert.fail('a record is written'), now });
    leave(0);
    leave(0);
    assert.deepEqual(encoded, []);
    assert.deepEqual(ended, [{ undelivered: { records: 75, spans: 0 }, heldMs: 0 }]);
  });

  it('has no time of its own a second time, when an exit listener threw the first one away', () => {
    const { pipeline, encoded, ended, now } = slowPipeline([5, 70, 300], 600);
    const leave = createLeave({ pipeline, timeoutMs: 500, onStopped: () => undefined, now });
    leave(3);
    leave(3);
    assert.deepEqual(encoded, [5]);
    assert.equal(ended.length, 1);
  });
});
