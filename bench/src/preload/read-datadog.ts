import { decodeMulti } from '@msgpack/msgpack';
import type { Arrived, Delivery } from './receiver.js';

interface DatadogSpan {
  readonly span_id: number | bigint;
  readonly meta?: Readonly<Record<string, string>>;
}

/** Reads what dd-trace sends: traces to the agent (`/v0.4/traces`, MessagePack) and logs to the intake (`/api/v2/logs`, JSON). */
export function readDatadog({ path, body }: Delivery, { records, serverSpans }: Arrived): void {
  if (path === '/v0.4/traces') {
    for (const traces of decodeMulti(body, { useBigInt64: true }) as Iterable<DatadogSpan[][]>) {
      for (const span of traces.flat()) {
        if (span.meta?.['span.kind'] === 'server') serverSpans.add(String(span.span_id));
      }
    }
  }
  if (path === '/api/v2/logs') {
    for (const line of JSON.parse(body.toString()) as Record<string, unknown>[]) {
      if (line['work.id'] !== undefined) records.add(Number(line['work.id']));
    }
  }
}
