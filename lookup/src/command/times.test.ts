import assert from 'node:assert/strict';
import { readMoment } from './times.js';
import { UsageError } from './usage-error.js';

const now = new Date('2026-11-21T12:00:00Z');

describe('a moment on the command line', () => {
  let zone: string | undefined;

  beforeEach(() => {
    zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  for (const [text, iso] of [
    ['30d', '2026-10-22T12:00:00.000Z'],
    ['90s', '2026-11-21T11:58:30.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-21T10:30', '2026-11-21T10:30:00.000Z'],
    ['2026-11-21 10:30', '2026-11-21T10:30:00.000Z'],
    ['2026-11-21T10:30+03:00', '2026-11-21T07:30:00.000Z'],
  ] as const) {
    it(`is in UTC unless it says its zone: ${text}`, () =>
      assert.equal(readMoment('--from', text, now).toISOString(), iso));
  }

  it('that is none is refused with what would be right', () => {
    assert.throws(() => readMoment('--from', 'yesterday', now), UsageError);
  });
});
