import type { Agent } from 'node:http';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import type { Protocol, SignalSettings } from '../settings/settings.js';
import type { CollectorSockets } from './sockets.js';

/** Where a signal is sent and how, as upstream resolves the standard OTEL_EXPORTER_OTLP_* variables. */
export interface Connection {
  readonly url: string;
  readonly compression: 'gzip' | 'none';
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
  { protocol, url }: SignalSettings,
  sockets: CollectorSockets,
): Connection {
  const path = area === 'LOGS' ? 'v1/logs' : 'v1/traces';
  const type = { 'Content-Type': CONTENT_TYPES[protocol] };
  const resolved = convertLegacyHttpOptions({ url } as OwnOptions, area, path, type);
  const makeAgent = resolved.agentFactory as AgentFactory;
  return {
    url: resolved.url,
    compression: resolved.compression === 'gzip' ? 'gzip' : 'none',
    headers: {
      ...headersOf('OTEL_EXPORTER_OTLP_HEADERS'),
      ...headersOf(`OTEL_EXPORTER_OTLP_${area}_HEADERS`),
      ...type,
    },
    options: { ...resolved, agentFactory: (scheme) => sockets.agent(scheme, makeAgent) },
  };
}

/** Read here as well: upstream gives them as a promise, for which an exiting process can't wait. */
function headersOf(variable: string): Record<string, string> {
  return parseKeyPairsIntoRecord(process.env[variable]);
}
