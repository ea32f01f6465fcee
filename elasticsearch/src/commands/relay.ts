import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startProbes } from '../collector-status/probes.js';
import { followRefusals } from '../collector-status/refusals.js';
import { type CollectorStatus, watchCollector } from '../collector-status/watch.js';
import { isWhole } from '../dead-letters/refused.js';
import { startRelay } from '../dead-letters/relay.js';
import { elasticsearchUrl, UsageError } from './usage-error.js';

/** Runs the relay, and watches the collector that is named, until SIGTERM or SIGINT. @returns the exit code */
export async function runRelay(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const { RELAY_ENDPOINT, COLLECTOR_METRICS_URL: metricsUrl, COLLECTOR_OTLP_URL: otlp } = process.env;
  const queueFolder = process.env.COLLECTOR_QUEUE_DIR || undefined;
  const reserve = Number(process.env.COLLECTOR_QUEUE_RESERVE || 0);
  if (!Number.isSafeInteger(reserve) || reserve < 0)
    throw new UsageError('COLLECTOR_QUEUE_RESERVE is no number of bytes');
  const [, host, port] = /^(.+):(\d+)$/.exec(RELAY_ENDPOINT ?? '') ?? [];
  if (!host || !port) throw new UsageError('RELAY_ENDPOINT is not set to host:port; it looks like 127.0.0.1:9201');
  let collector: () => Promise<CollectorStatus | undefined> = async () => undefined;
  const status = async () => ({ collector: await collector() });
  const [probes, refusals] = [startProbes(Date.now()), followRefusals()];
  const tls = await readTls(process.env);
  const relay = await startRelay({
    elasticsearchUrl: elasticsearchUrl(process.env),
    host,
    port: Number(port),
    status,
    onBulk(body, answer) {
      if (isWhole(answer)) probes.stored(body);
      refusals.answered(body, answer, Date.now());
    },
    ...(tls && { tls }),
  });
  const ending = new AbortController();
  if (metricsUrl && otlp)
    collector = watchCollector({
      metricsUrl,
      otlp,
      token: process.env.COLLECTOR_OTLP_TOKEN,
      counts: relay.counts,
      probes,
      refusals,
      queueFolder,
      reserve: reserve || undefined,
      signal: ending.signal,
    });
  console.error(`the relay listens at ${relay.url}`);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  ending.abort();
  await relay.close();
  return 0;
}

/** Both files or none: a relay that was meant to encrypt must not start without. */
async function readTls({ RELAY_CERT_FILE: certFile, RELAY_KEY_FILE: keyFile }: NodeJS.ProcessEnv) {
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile)
    throw new UsageError('RELAY_CERT_FILE and RELAY_KEY_FILE are paths of PEM files; set both or none');
  const [cert, key] = await Promise.all([certFile, keyFile].map((file) => readFile(file, 'utf8')));
  return { cert: cert ?? '', key: key ?? '' };
}
