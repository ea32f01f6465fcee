import type { Agent } from 'node:http';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import type { Protocol, SignalSettings } from '../settings/settings.js';
import type { CollectorSockets } from './sockets.js';

/** Where a signal is sent and how, as upstream resolves the standard OTEL_EXPORTER_OTLP_* variables. */
export interface Connection {
  readonly url: string;
  readonly compression: 'gzip' | 'none';
  /** Upstream gives them as a promise, for which an exiting process can't wait. */
  readonly headers: Readonly<Record<string, string>>;
  /** For upstream's exporter. */
  readonly options: HttpOptions;
}

const CONTENT_TYPES: Record<Protocol, string> = {
  'http/json': 'application/json',
  'http/protobuf': 'application/x-protobuf',
};

type OwnOptions = Parameters<typeof convertLegacyHttpOptions>[0];
type HttpOptions = ReturnType<typeof convertLegacyHttpOptions>;
type AgentFactory = (scheme: string) => Promise<Agent> | Agent;

/** @param area `LOGS` or `TRACES`, as the variables spell it */
export function readConnection(
  area: 'LOGS' | 'TRACES',
  { protocol, url, headers: asked }: SignalSettings,
  sockets: CollectorSockets,
): Connection {
  const path = area === 'LOGS' ? 'v1/logs' : 'v1/traces';
  const type = { 'Content-Type': CONTENT_TYPES[protocol] };
  const resolved = convertLegacyHttpOptions({ url } as OwnOptions, area, path, type);
  const makeAgent = resolved.agentFactory as AgentFactory;
  const headers = { ...asked, ...type };
  return {
    url: resolved.url,
    compression: resolved.compression === 'gzip' ? 'gzip' : 'none',
    headers,
    options: { ...resolved, headers: async () => headers, agentFactory: (scheme) => sockets.agent(scheme, makeAgent) },
  };
}
