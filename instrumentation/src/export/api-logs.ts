import { logs } from '@opentelemetry/api';
import { type Logger as FormerLogger, logs as formerLogs } from '@opentelemetry/api-logs';

/**
 * Hands the global provider of `@opentelemetry/api-logs` over to the SDK's. The logs API moved into `@opentelemetry/api` with
 * SDK 3; what still uses the former package (winston-transport 0.34, other appenders) would deliver nothing and say nothing.
 */
export function handOverFormerLogsApi(): void {
  formerLogs.setGlobalLoggerProvider({
    getLogger: (name, version, options) => logs.getLogger(name, version, options) as unknown as FormerLogger,
  });
}
