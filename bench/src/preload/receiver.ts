import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { readDatadog } from './read-datadog.js';
import { readOtlp } from './read-otlp.js';

/** What was found in requests: numbers of the requests that a log record speaks of, ids of server spans. Each once. */
export interface Arrived {
  readonly records: Set<number>;
  readonly serverSpans: Set<string>;
}

/** A request as it came; read only after the measurement, so that reading costs the measured service nothing. */
export interface Delivery {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Receiver {
  /** Base address, without a slash at its end. */
  readonly url: string;
  /** Everything so far. */
  arrived(): Arrived;
  close(): Promise<void>;
}

/** What dd-trace asks an agent for: no sampling, no remote settings, no features beyond traces. */
const agentAnswers: Readonly<Record<string, string>> = {
  '/info': JSON.stringify({ version: '7.60.0', endpoints: ['/v0.4/traces'], client_drop_p0s: false }),
  '/v0.4/traces': JSON.stringify({ rate_by_service: { 'service:,env:': 1 } }),
};

/** Takes OTLP over HTTP and what dd-trace sends, on a free port of loopback, and says yes to everything. */
export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const arrived: Arrived = { records: new Set(), serverSpans: new Set() };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray().catch(() => []));
    const path = new URL(request.url ?? '/', 'http://receiver').pathname;
    const type = request.headers['content-type'] ?? '';
    deliveries.push({ path, type, body: request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body });
    const isProtobuf = type === 'application/x-protobuf';
    response.writeHead(200, { 'content-type': isProtobuf ? type : 'application/json' });
    response.end(isProtobuf ? '' : (agentAnswers[path] ?? '{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived() {
      for (const delivery of deliveries.splice(0)) readInto(arrived, delivery);
      return arrived;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function readInto(arrived: Arrived, delivery: Delivery): void {
  if (delivery.path.startsWith('/v1/')) readOtlp(delivery, arrived);
  else readDatadog(delivery, arrived);
}
