import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type CollectorStatus, watchCollector } from '../collector-status/watch.js';
import { startRelay } from '../dead-letters/relay.js';
import { elasticsearchUrl, UsageError } from './usage-error.js';

/** Runs the relay, and watches the collector that is named, until SIGTERM or SIGINT. @returns the exit code */
export async function runRelay(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const { RELAY_ENDPOINT, COLLECTOR_METRICS_URL: metricsUrl, COLLECTOR_OTLP_URL: otlp } = process.env;
  const [, host, port] = /^(.+):(\d+)$/.exec(RELAY_ENDPOINT ?? '') ?? [];
  if (!host || !port) throw new UsageError('RELAY_ENDPOINT is not set to host:port; it looks like 127.0.0.1:9201');
  let collector: () => CollectorStatus | undefined = () => undefined;
  const status = () => ({ collector: collector() });
  const relay = await startRelay({ elasticsearchUrl: elasticsearchUrl(process.env), host, port: Number(port), status });
  const ending = new AbortController();
  if (metricsUrl && otlp) collector = watchCollector({ metricsUrl, otlp, rejected: relay.kept, signal: ending.signal });
  console.error(`the relay listens at ${relay.url}`);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  ending.abort();
  await relay.close();
  return 0;
}
