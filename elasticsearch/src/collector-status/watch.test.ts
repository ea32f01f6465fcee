import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startProbes } from './probes.js';
import { followRefusals } from './refusals.js';
import { watchCollector } from './watch.js';

const counts = { sent: 5, masked: 1, rejected: 0, lastHour: { sent: 5, rejected: 0 } };

describe('the look at the collector', () => {
  it('is taken when somebody asks, and says at once that nobody answers any more', async () => {
    const server = createServer((_, response) => response.end('otelcol_receiver_accepted_spans{receiver="otlp"} 60\n'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ending = new AbortController();
    const status = watchCollector({
      ...{ metricsUrl: url, otlp: url, token: undefined, counts: () => counts },
      ...{ probes: startProbes(Date.now()), refusals: followRefusals(), queueFolder: undefined, reserve: undefined },
      signal: ending.signal,
    });
    try {
      // Looked at a moment ago, so the same is told.
      for (let tries = 0; (await status()) === undefined && tries < 100; tries++) await pause(20);
      const seen = await status();
      assert.deepEqual([seen?.received, seen?.sent, seen?.isAnswering], [60, 5, true]);
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      await pause(1_100);
      const after = await status();
      assert.deepEqual(after, { ...seen, isAnswering: false });
    } finally {
      ending.abort();
      server.close();
    }
  });
});
