import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { eventually } from './eventually.js';
import { ofOrder, ofTraces, type StoredDocument } from './store.js';
import { theWorld, type World, worldStartMs } from './world.js';

/** The number of an order that is somebody else's. */
const victim = 'ORD-VICTIM3333';

describe('a visitor who sends telemetry of his own along', function () {
  this.timeout(worldStartMs);
  let world: World;
  const own = new Map<string, StoredDocument[]>();

  before(async () => {
    world = await theWorld();
    for (const flags of ['00', '01']) {
      const traceId = randomBytes(16).toString('hex');
      // What tells his request from those of others is the path, which nobody else asks for.
      const path = `/materials/${traceId}`;
      const response = await fetch(`${world.company.urls.shop}${path}`, {
        headers: {
          traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`,
          tracestate: 'visitor=1',
          baggage: `order.id=${victim}`,
          'x-order-id': victim,
        },
      });
      await response.text();
      const spans = await eventually(async () => {
        const found = await world.store.spans({ term: { 'attributes.url.path': path } });
        assert.equal(found.length, 1, 'the span of his request is stored');
        return found;
      });
      own.set(traceId, spans);
    }
  });

  it('neither chooses the trace of his request nor switches its spans off', async () => {
    assert.equal(own.size, 2);
    for (const [traceId, [span]] of own) {
      assert.match(span?.trace_id ?? '', /^[0-9a-f]{32}$/);
      assert.notEqual(span?.trace_id, traceId);
      assert.ok(!span?.parent_span_id, 'it is the root of its trace');
    }
    const chosen = ofTraces(...own.keys());
    assert.deepEqual([...(await world.store.spans(chosen)), ...(await world.store.logs(chosen))], []);
  });

  it("writes nothing into another order's story", async () => {
    // His requests are told as records too; once they are there, a wrong number would be.
    const traces = [...own.values()].flat().flatMap(({ trace_id }) => trace_id ?? []);
    await eventually(async () => {
      const told = await world.store.logs(ofTraces(...traces));
      const requests = told.filter(({ event_name }) => event_name === 'http.server.request');
      assert.equal(requests.length, traces.length);
    });
    assert.deepEqual(await world.store.logs(ofOrder(victim)), []);
    assert.deepEqual(await world.store.spans(ofOrder(victim)), []);
  });
});
