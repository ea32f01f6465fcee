import type { ExportResult } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Protocol } from '../settings/settings.js';
import type { Connection } from './connection.js';
import type { Encoding, LogItem } from './encoding.js';
import { jsonEncoding, logRecordJson, spanJson } from './otlp-json.js';
import { protobufEncoding, writeLogRecord, writeSpan } from './otlp-protobuf.js';

/** A request that is ready to be sent. */
export interface Request {
  readonly items: number;
  readonly body: Uint8Array;
}

export interface Exporter {
  export(request: Request, done: (result: ExportResult) => void): void;
}

/** How one signal leaves in one protocol. */
export interface Way<T> {
  readonly encoding: Encoding<T>;
  /** Evaluates upstream's exporter. */
  readonly createExporter: (connection: Connection) => Exporter;
}

type AnswerReader = Pick<ISerializer<never, { partialSuccess?: unknown }>, 'deserializeResponse'>;

export function logsWay(protocol: Protocol): Way<LogItem> {
  const isJson = protocol === 'http/json';
  return {
    encoding: isJson
      ? jsonEncoding({ resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' }, logRecordJson)
      : protobufEncoding(writeLogRecord),
    createExporter: (connection) => {
      const { JsonLogsSerializer, ProtobufLogsSerializer } = transformer();
      return createExporter(connection, 'log', isJson ? JsonLogsSerializer : ProtobufLogsSerializer);
    },
  };
}

export function tracesWay(protocol: Protocol): Way<ReadableSpan> {
  const isJson = protocol === 'http/json';
  return {
    encoding: isJson
      ? jsonEncoding({ resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' }, spanJson)
      : protobufEncoding(writeSpan),
    createExporter: (connection) => {
      const { JsonTraceSerializer, ProtobufTraceSerializer } = transformer();
      return createExporter(connection, 'span', isJson ? JsonTraceSerializer : ProtobufTraceSerializer);
    },
  };
}

/** Upstream's exporter, for requests that are encoded already. */
function createExporter({ options }: Connection, name: 'log' | 'span', answers: AnswerReader): Exporter {
  const { createOtlpHttpExportDelegate } =
    require('@opentelemetry/otlp-exporter-base/node-http') as typeof import('@opentelemetry/otlp-exporter-base/node-http');
  const serializer: ISerializer<Request, { partialSuccess?: unknown }> = {
    serializeRequest: ({ body }) => body,
    deserializeResponse: (data) => answers.deserializeResponse(data),
  };
  const helper = { name, countItems: ({ items }: Request) => items };
  return createOtlpHttpExportDelegate(options, serializer, `otlp_http_${name}_exporter`, helper, undefined);
}

function transformer(): typeof import('@opentelemetry/otlp-transformer') {
  return require('@opentelemetry/otlp-transformer') as typeof import('@opentelemetry/otlp-transformer');
}
