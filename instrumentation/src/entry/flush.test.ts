import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { preload, runService } from '../testing/run-service.js';

describe('flush', () => {
  it('takes any value for a time without throwing or warning of Node, and says once what would be right', async function () {
    this.timeout(40_000);
    const receiver = await startReceiver('hang');
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: '0' };
    const run = await runService({ args: ['flush.cjs', preload], env });
    await receiver.close();
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, /\nflushed \[(false,){8}false\]\nendless true\n$/);
    const lines = run.stderr.split('\n').filter((line) => /flush|Warning|TypeError/.test(line));
    assert.deepEqual(lines, ['hallmark: flush(timeoutMs) takes milliseconds from 0 to 60000: 500 are taken']);
  });
});
