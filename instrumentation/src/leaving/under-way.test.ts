import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { fourAtATime, runService } from '../testing/run-service.js';

describe('a process that ends while requests are under way', () => {
  it('delivers each record once', async function () {
    this.timeout(60_000);
    const delays = [0, 30, 60, 90, 120, 150, 200, 250];
    await fourAtATime(delays, async (delayMs) => {
      const receiver = await startReceiver();
      const run = await runService({
        args: ['busy-exit.cjs', String(delayMs)],
        env: {
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_BLRP_SCHEDULE_DELAY: '5',
          OTEL_BLRP_MAX_QUEUE_SIZE: '1000000',
          HALLMARK_EXIT_TIMEOUT_MS: '10000',
        },
      });
      await receiver.close();
      assert.equal(run.code, 0, run.stderr);
      const numbers = receiver.event('test.tick').map(({ attributes }) => Number(attributes.n));
      const written = Number(receiver.event('test.end')[0]?.attributes.count);
      assert.equal(new Set(numbers).size, written, `lost after ${delayMs} ms: ${run.stderr}`);
      assert.equal(numbers.length, written, `doubled after ${delayMs} ms`);
    });
  });
});
