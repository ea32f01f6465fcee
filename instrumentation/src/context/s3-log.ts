import type { Context, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';

const USER_AGENT = 'user-agent';
/** How the AWS SDK for JavaScript names itself and the service that it asks. */
const ASKS_S3 = /(?:^| )api\/s3#/;

/**
 * Writes the trace of a request to S3, and the context keys where they are sent there, behind its User-Agent too. That is the only
 * header that an S3 server keeps in its access log and that no signature covers: by it a line of the log is joined to its trace.
 * Stands behind the propagators that set `traceparent` and `baggage`.
 */
export class S3LogPropagator implements TextMapPropagator {
  inject(_context: Context, carrier: unknown, setter: TextMapSetter): void {
    const { [USER_AGENT]: agent, traceparent, baggage } = (carrier ?? {}) as Record<string, unknown>;
    if (typeof agent !== 'string' || !ASKS_S3.test(agent) || typeof traceparent !== 'string') return;
    const keys = typeof baggage === 'string' ? ` baggage/${baggage}` : '';
    setter.set(carrier, USER_AGENT, `${agent} traceparent/${traceparent}${keys}`);
  }

  extract(context: Context): Context {
    return context;
  }

  /** None: libraries make room for the fields of all propagators, and this one adds none. */
  fields(): string[] {
    return [];
  }
}
