import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lifecyclePolicy } from './lifecycle.js';
import { parseRetention, retentionFile } from './load.js';

/** What the company's documents ask for, as phases of a policy: written by hand from docs/event-catalogue.yaml. */
const wanted: Readonly<Record<string, object>> = {
  default: {
    hot: { max_age: '1d', max_primary_shard_size: '50gb' },
    phases: ['hot', 'delete'],
    deletedAt: '30d',
    archived: false,
  },
  D0: {
    hot: { max_age: '1d', max_primary_shard_size: '50gb' },
    phases: ['hot', 'delete'],
    deletedAt: '30d',
    archived: true,
  },
  D1: { hot: { max_primary_shard_size: '100gb' }, phases: ['hot', 'delete'], deletedAt: '180d', archived: true },
  D2: { hot: { max_age: '1d' }, phases: ['hot', 'delete', 'warm', 'cold'], deletedAt: '395d', archived: false },
  D3: {
    hot: { max_age: '1d', max_size: '1gb' },
    phases: ['hot', 'delete', 'warm', 'cold'],
    deletedAt: '30d',
    archived: false,
  },
  D4: {
    hot: { max_age: '1d', max_primary_shard_size: '10mb' },
    phases: ['hot', 'delete'],
    deletedAt: '180d',
    archived: false,
  },
};

describe('a profile as a policy of index lifecycle management', () => {
  const { profiles } = parseRetention(readFileSync(retentionFile, 'utf8'));
  for (const [name, expected] of Object.entries(wanted)) {
    it(`does what ${name} says`, () => {
      const profile = profiles[name];
      assert.ok(profile);
      const { phases } = lifecyclePolicy(profile);
      const seen = {
        hot: phases.hot?.actions?.rollover,
        phases: Object.keys(phases),
        deletedAt: phases.delete?.min_age,
        archived: phases.delete?.actions?.wait_for_snapshot !== undefined,
      };
      assert.deepEqual(seen, expected);
    });
  }
});
