import assert from 'node:assert/strict';
import { startReceiver } from '../testing/receiver.js';
import { runService } from '../testing/run-service.js';

describe('what can not be encoded', function () {
  this.timeout(60_000);

  for (const protocol of ['http/json', 'http/protobuf']) {
    it(`never throws into the service, and keeps nothing else from the collector (${protocol})`, async () => {
      const receiver = await startReceiver();
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: protocol };
      const run = await runService({ args: ['odd-spans.cjs'], env });
      await receiver.close();
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout, 'answered\n');
      assert.match(run.stderr, /hallmark: span failed, the service goes on: /);
      const good = (path: string) =>
        protocol === 'http/json'
          ? [...receiver.records.map(({ body }) => body), ...receiver.spans.map(({ name }) => name)].includes('good')
          : receiver.bodies.some((sent) => sent.path === path && sent.body.includes('good'));
      assert.ok(good('/v1/traces'));
      assert.ok(good('/v1/logs'));
    });
  }
});
