import { type Stack, startStack } from '@hallmark/stack';

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
}

/**
 * Registers the real collector and the real Elasticsearch for the suite that calls it: started before its tests, ended after
 * them. What it returns is there when a test runs.
 */
export function useStack(): { readonly stack: () => Stack; readonly addresses: () => Addresses } {
  let running: Stack | undefined;
  before(async function () {
    this.timeout(startTimeoutMs);
    running = await startStack({ parts: ['elasticsearch', 'collector'] });
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
  });
  return { stack, addresses };
}
