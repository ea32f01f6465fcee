import { freePort, type Stack, startStack } from '@hallmark/stack';

/** The first start may have to build the collector. */
const startTimeoutMs = 15 * 60_000;
const stopTimeoutMs = 60_000;

export interface Addresses {
  /** Base URL for OTLP over HTTP. */
  readonly otlp: string;
  /** The look-up's door for who looked, with its account. */
  readonly journal: string;
  /** Elasticsearch, as the administrator. */
  readonly admin: string;
  /** Elasticsearch, as the Support_Logs account. */
  readonly support: string;
  /** Of a part `checked-part`, which the collector asks whether it answers; nobody listens there unless a test does. */
  readonly checkedPort: number;
}

/**
 * Registers the real collector and the real Elasticsearch for the suite that calls it: started before its tests, ended after
 * them. What it returns is there when a test runs.
 */
export function useStack(): { readonly stack: () => Stack; readonly addresses: () => Addresses } {
  let running: Stack | undefined;
  let checkedPort = 0;
  before(async function () {
    this.timeout(startTimeoutMs);
    checkedPort = await freePort();
    running = await startStack({
      parts: ['elasticsearch', 'collector'],
      checks: [`http://127.0.0.1:${checkedPort}/#checked-part`],
      collectorEnvironment: async (given) => ({ ...given, CHECK_INTERVAL: '1s', HOST_METRICS_INTERVAL: '2s' }),
    });
  });
  after(async function () {
    this.timeout(stopTimeoutMs);
    await running?.stop();
  });
  const stack = () => {
    if (!running) throw new Error('the stack has not been started');
    return running;
  };
  const addresses = () => ({
    otlp: stack().env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    journal: stack().env.LOOKUP_JOURNAL_URL ?? '',
    admin: stack().env.ELASTICSEARCH_URL ?? '',
    support: stack().env.LOOKUP_ELASTICSEARCH_URL ?? '',
    checkedPort,
  });
  return { stack, addresses };
}
