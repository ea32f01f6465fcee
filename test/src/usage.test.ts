import assert from 'node:assert/strict';
import { eventually } from './eventually.js';
import { ask } from './store.js';
import { theWorld, type World, worldStartMs } from './world.js';

/** Services and collector look once a minute. Unit: milliseconds. */
const arrivalMs = 150_000;

const ofService = ['process.cpu.utilization', 'process.memory.usage'];
const ofHost = ['system.cpu.utilization', 'system.memory.usage'];

interface Answer {
  readonly hits: { readonly hits: readonly { readonly _source: { readonly metrics: Record<string, number> } }[] };
}

describe('CPU and memory', function () {
  this.timeout(worldStartMs + arrivalMs);
  let world: World;

  before(async () => {
    world = await theWorld();
  });

  /** The newest value of a metric, as whoever may read logs finds it. */
  async function newest(stream: string, metric: string): Promise<number> {
    const { LOOKUP_ELASTICSEARCH_URL = '' } = world.stack.env;
    const { hits } = await ask<Answer>(LOOKUP_ELASTICSEARCH_URL, `/${stream}/_search?ignore_unavailable=true`, {
      size: 1,
      query: { exists: { field: `metrics.${metric}` } },
      sort: [{ '@timestamp': 'desc' }],
    });
    const value = hits.hits[0]?._source.metrics[metric];
    assert.equal(typeof value, 'number', `${metric} in ${stream}`);
    return Number(value);
  }

  it('of every service and of the machine are found in the store', async () => {
    const streams = Object.keys(world.company.services).map(
      (name) => [`metrics-${name.replaceAll('-', '_')}.otel-*`, ofService] as const,
    );
    for (const [stream, metrics] of [...streams, ['metrics-host.otel-*', ofHost] as const]) {
      for (const metric of metrics) {
        const value = await eventually(() => newest(stream, metric), arrivalMs);
        assert.ok(metric.includes('memory') ? value > 1_000_000 : value >= 0, `${metric} is ${value} in ${stream}`);
      }
    }
  });
});
