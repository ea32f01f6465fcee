import { context, type Logger } from '@opentelemetry/api';
import { exceptionAttributes } from '../winston/exception.js';
import type { RecordKind } from './kinds.js';
import { severities } from './severity.js';

/** Records of the process itself: that it started, stopped, failed. */
export interface ServiceRecords {
  /** @param atMs the moment, in ms since 1970 */
  started(atMs: number): void;
  stopped(exitCode: number): void;
  failed(error: unknown): void;
}

export function createServiceRecords(
  logger: Logger,
  version: string | undefined,
  off: ReadonlySet<RecordKind>,
): ServiceRecords {
  const identity = version === undefined ? {} : { 'service.version': version };
  return {
    started(atMs) {
      if (off.has('service.started')) return;
      logger.emit({
        eventName: 'service.started',
        severityText: 'INFO',
        severityNumber: severities.INFO,
        body: 'service started',
        timestamp: atMs,
        attributes: identity,
      });
    },
    stopped(exitCode) {
      if (off.has('service.stopped')) return;
      logger.emit({
        eventName: 'service.stopped',
        severityText: 'INFO',
        severityNumber: severities.INFO,
        body: `service stopped with exit code ${exitCode}`,
        attributes: { ...identity, 'process.exit.code': exitCode },
      });
    },
    failed(error) {
      if (off.has('service.failed')) return;
      const attributes = exceptionAttributes(error);
      logger.emit({
        eventName: 'service.failed',
        severityText: 'FATAL',
        severityNumber: severities.FATAL,
        body: `service failed: ${attributes['exception.message']}`,
        attributes: { ...identity, ...attributes },
        context: context.active(),
      });
    },
  };
}
