import assert from 'node:assert/strict';
import { priceEur } from './price.js';

describe('the price of a ring', () => {
  const ring = { polygons: 5_000, volumeMm3: 500 };

  it('is the weight of the metal times its price a gram', () => {
    // 0.5 cm³ of gold 585: 6.55 g at 62 EUR; of silver: 5.18 g at 1.40 EUR.
    assert.equal(priceEur({ metal: 'gold_585', setting: 'none', ringSize: 54 }, ring), 406.1);
    assert.equal(priceEur({ metal: 'silver_925', setting: 'none', ringSize: 54 }, ring), 7.25);
  });

  it('adds the setting of stones for each 1,000 polygons begun', () => {
    const none = { metal: 'gold_750', setting: 'none', ringSize: 54 } as const;
    const metal = priceEur(none, ring);
    assert.equal(metal, 620);
    assert.equal(priceEur({ ...none, setting: 'pave' }, ring), 640);
    assert.equal(priceEur({ ...none, setting: 'pave' }, { ...ring, polygons: 5_001 }), 644);
    assert.equal(priceEur({ ...none, setting: 'bezel' }, { ...ring, polygons: 1 }), 621.5);
  });

  it('is whole cents', () => {
    const price = priceEur(
      { metal: 'platinum_950', setting: 'bezel', ringSize: 54 },
      { polygons: 7, volumeMm3: 123.456789 },
    );
    assert.equal(price, 106.28);
  });

  it('is refused for what nobody can cast, such as a model that is drawn in metres', () => {
    const asked = { metal: 'silver_925', setting: 'none', ringSize: 54 } as const;
    for (const volumeMm3 of [1e-18, 9.9, 100_001, 1e18]) {
      assert.throws(() => priceEur(asked, { polygons: 4, volumeMm3 }), /^ModelError: .*is it drawn in millimetres\?$/);
    }
    assert.equal(priceEur(asked, { polygons: 4, volumeMm3: 10 }), 0.15);
  });
});
