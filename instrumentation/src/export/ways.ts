import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { SignalSettings } from '../settings/settings.js';
import type { Exporter } from './batch.js';
import type { Connection } from './connection.js';
import { recordBytes, spanBytes } from './weight.js';

/** How one signal leaves. Made of `require` calls that are evaluated only when a batch is sent. */
export interface Way<T> {
  readonly createExporter: (connection: Connection) => Exporter<T>;
  /** What an item takes in memory and on the wire, in bytes, roughly. */
  readonly weigh: (item: T) => number;
  readonly serialize: (items: T[]) => Uint8Array | undefined;
}

type Serializer<T> = Pick<ISerializer<T[], unknown>, 'serializeRequest'>;

export function logsWay({ protocol }: SignalSettings): Way<ReadableLogRecord> {
  const json = protocol === 'http/json';
  return {
    weigh: recordBytes,
    createExporter: ({ agentFactory }) => {
      const { OTLPLogExporter } = json
        ? (require('@opentelemetry/exporter-logs-otlp-http') as typeof import('@opentelemetry/exporter-logs-otlp-http'))
        : (require('@opentelemetry/exporter-logs-otlp-proto') as typeof import('@opentelemetry/exporter-logs-otlp-proto'));
      return new OTLPLogExporter({ httpAgentOptions: agentFactory });
    },
    serialize: (items) => {
      const { JsonLogsSerializer, ProtobufLogsSerializer } = transformer();
      const serializer: Serializer<ReadableLogRecord> = json ? JsonLogsSerializer : ProtobufLogsSerializer;
      return serializer.serializeRequest(items);
    },
  };
}

export function tracesWay({ protocol }: SignalSettings): Way<ReadableSpan> {
  const json = protocol === 'http/json';
  return {
    weigh: spanBytes,
    createExporter: ({ agentFactory }) => {
      const { OTLPTraceExporter } = json
        ? (require('@opentelemetry/exporter-trace-otlp-http') as typeof import('@opentelemetry/exporter-trace-otlp-http'))
        : (require('@opentelemetry/exporter-trace-otlp-proto') as typeof import('@opentelemetry/exporter-trace-otlp-proto'));
      return new OTLPTraceExporter({ httpAgentOptions: agentFactory });
    },
    serialize: (items) => {
      const { JsonTraceSerializer, ProtobufTraceSerializer } = transformer();
      const serializer: Serializer<ReadableSpan> = json ? JsonTraceSerializer : ProtobufTraceSerializer;
      return serializer.serializeRequest(items);
    },
  };
}

function transformer(): typeof import('@opentelemetry/otlp-transformer') {
  return require('@opentelemetry/otlp-transformer') as typeof import('@opentelemetry/otlp-transformer');
}
