import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord, TelemetryRedactor } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });
const clean = (record: object) => redactRecord(redactor, record).record;
const phone = 79161234567;

describe('an array of numbers of which one is masked', () => {
  it('has texts only, at any depth', () => {
    assert.deepEqual(clean({ numsc: [1, phone] }), { numsc: ['1', '****'] });
    assert.deepEqual(clean({ a: [{ b: { c: [true, phone, null, -0.5] } }] }), {
      a: [{ b: { c: ['true', '****', null, '-0.5'] } }],
    });
    assert.deepEqual(clean({ a: [7n, BigInt(phone)] }), { a: ['7', '****'] });
    assert.deepEqual(clean({ phones: [true, 12] }), { phones: ['true', '****'] });
    assert.deepEqual(clean({ ids: [7, String(phone)] }), { ids: ['7', '****'] });
  });

  it('has texts in the arrays beside it in the same array', () => {
    const record = { grid: [[1, 2], [3, phone], 4] };
    assert.deepEqual(clean(record), { grid: [['1', '2'], ['3', '****'], '4'] });
    assert.deepEqual(record.grid[0], [1, 2], "the service's own array is as it was");
  });

  it('has texts in the attributes of a log record and of a span', () => {
    const telemetry = new TelemetryRedactor(redactor);
    const record = { attributes: { numsc: [1, phone] } as Record<string, unknown> };
    telemetry.redactLogRecord(record);
    assert.deepEqual(record.attributes.numsc, ['1', '****']);
    const span = { name: 'x', attributes: { numsc: [1, phone] }, status: { code: 0 }, events: [], links: [] };
    telemetry.redactSpan(span);
    assert.deepEqual(span.attributes.numsc, ['1', '****']);
  });

  it('is as it was when nothing is masked, or only its texts and objects are', () => {
    const record = { a: [1, true, 2.5], b: [[1], [2]] };
    assert.equal(clean(record), record);
    assert.deepEqual(clean({ a: [1, 'call +7 916 123-45-67', { phone: 1 }] }), {
      a: [1, 'call ****', { phone: '****' }],
    });
  });
});
