import assert from 'node:assert/strict';
import { allowedAfter, isAllowed, ORDER_STATUSES, type OrderStatus, refuseTransition } from './life-cycle.js';
import { Refusal } from './refusal.js';

const GOOD_WAY: OrderStatus[] = [
  'created',
  'calculating',
  'priced',
  'approved',
  'confirmed',
  'assigned',
  'in_production',
  'finished',
];

describe("an order's life cycle", () => {
  it('leads from created to finished', () => {
    for (const [index, status] of GOOD_WAY.entries()) {
      const next = GOOD_WAY[index + 1];
      if (next) assert.ok(isAllowed(status, next), `${status} to ${next}`);
    }
  });

  it('leaves no step of it out and never goes back behind the seller', () => {
    for (const [index, status] of GOOD_WAY.entries()) {
      for (const later of GOOD_WAY.slice(index + 2)) assert.ok(!isAllowed(status, later), `${status} to ${later}`);
    }
    for (const status of ['approved', 'confirmed', 'assigned', 'in_production', 'finished'] as const) {
      assert.ok(!isAllowed(status, 'calculating'));
      assert.ok(!isAllowed(status, 'priced'));
    }
  });

  it('can be cancelled until a seller has confirmed', () => {
    for (const status of ['calculating', 'calculation_failed', 'priced', 'approved'] as const) {
      assert.ok(isAllowed(status, 'cancelled'), status);
    }
    for (const status of ['created', 'confirmed', 'assigned', 'in_production', 'finished'] as const) {
      assert.ok(!isAllowed(status, 'cancelled'), status);
    }
  });

  it('ends at finished, cancelled and failed', () => {
    const ends = ORDER_STATUSES.filter((status) => allowedAfter(status).length === 0);
    assert.deepEqual(ends.toSorted(), ['cancelled', 'failed', 'finished']);
  });

  it('refuses with 409 and says what would be right', () => {
    const refused = (error: unknown) => {
      assert.ok(error instanceof Refusal);
      assert.equal(error.status, 409);
      assert.equal(error.message, "order ORD-A is created and can't become finished; allowed: calculating or failed");
      return true;
    };
    assert.throws(() => refuseTransition('ORD-A', 'created', 'finished'), refused);
    assert.throws(() => refuseTransition('ORD-A', 'cancelled', 'created'), /allowed: nothing, it is at its end/);
    refuseTransition('ORD-A', 'priced', 'approved');
  });
});
