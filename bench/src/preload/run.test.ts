import assert from 'node:assert/strict';
import { closedPort } from './measure-exit.js';
import { writePage } from './page.js';
import { medianOf } from './rows.js';
import { measure, quickPlan } from './run.js';
import { metrics } from './samples.js';
import { chooseVariants } from './variants.js';

const plan = { ...quickPlan, variants: chooseVariants(['hallmark']) };
const surroundings = { onProgress: () => undefined, signal: new AbortController().signal };
const timeoutMs = 55_000;

describe('the bench of the preload', function () {
  this.timeout(timeoutMs);

  it('measures real processes, bare and under the preload, and finds what was sent', async () => {
    const { samples, ...outcome } = await measure(plan, surroundings);
    assert.deepEqual([...samples.refused], []);
    for (const metric of metrics.filter((name) => !name.startsWith('parts'))) {
      assert.ok(samples.of('hallmark', metric).length > 0, `${metric} of the preload is missing`);
      assert.ok(samples.of('bare', metric).length > 0, `${metric} of bare Node is missing`);
    }
    assert.deepEqual(samples.of('hallmark', 'httpRecordsShare'), [1]);
    assert.deepEqual(samples.of('hallmark', 'httpSpansShare'), [1]);
    assert.deepEqual(samples.of('bare', 'httpRecordsShare'), [0]);
    assert.ok((medianOf(samples, 'hallmark', 'firstLinePeakMib') ?? 0) > 0);
    assert.ok((medianOf(samples, 'bare', 'httpCpuUs') ?? 0) > 0);
    const page = writePage({ ...plan, ...outcome, samples, machine: 'this machine' });
    assert.match(page, /^\| CPU time a request, HTTP and a log line \(µs\) \| \*\*\d/m);
    assert.doesNotMatch(page, /\| refused|## Refused|NaN|not measured/);
  });

  it('refuses the figures of a variant whose telemetry arrives nowhere', async () => {
    const endpoints = { hallmark: `http://127.0.0.1:${await closedPort()}` };
    const { samples, ...outcome } = await measure(plan, { ...surroundings, endpoints });
    assert.match(samples.refused.get('hallmark') ?? '', /^0 of 40 log records and 0 of 40 server spans arrived/);
    for (const metric of metrics) assert.deepEqual(samples.of('hallmark', metric), [], metric);
    const page = writePage({ ...plan, ...outcome, samples, machine: 'this machine' });
    assert.match(page, /^\| CPU time a request, HTTP and a log line \(µs\) \| \*\*[^|]+ \| refused \|$/m);
    assert.match(page, /^- Hallmark gets no figures: 0 of 40 log records/m);
  });
});
