import { type Context, context, type Logger } from '@opentelemetry/api';
import { exceptionAttributes } from '../winston/exception.js';
import type { RecordKind } from './kinds.js';
import { severities } from './severity.js';

/** Records of the process itself: that it started, stopped, failed. */
export interface ServiceRecords {
  /** @param atMs the moment, in ms since 1970 */
  started(atMs: number): void;
  stopped(exitCode: number): void;
  /** Told what was thrown and caught by nothing, or is about to be. @param isCaught by a listener of the service for that */
  thrown(error: unknown, isCaught: boolean): void;
  rejectionHandled(reason: unknown): void;
}

/** A service that ends with an error so soon after one that it took ends because of it. */
const ENDS_OF_IT_MS = 60_000;

interface Taken {
  readonly error: unknown;
  readonly context: Context;
  readonly atMs: number;
}

export function createServiceRecords(
  logger: Logger,
  version: string | undefined,
  off: ReadonlySet<RecordKind>,
): ServiceRecords {
  const identity = version === undefined ? {} : { 'service.version': version };
  let taken: Taken | undefined;
  const write = (error: unknown, of: Context, isFailure: boolean, what: string) => {
    if (off.has('service.failed')) return;
    const attributes = exceptionAttributes(error);
    logger.emit({
      eventName: isFailure ? 'service.failed' : 'exception',
      severityText: isFailure ? 'FATAL' : 'ERROR',
      severityNumber: isFailure ? severities.FATAL : severities.ERROR,
      body: `${what}: ${attributes['exception.message']}`,
      attributes: { ...identity, ...attributes },
      context: of,
    });
  };
  const failed = (error: unknown, of: Context) => write(error, of, true, 'service failed');
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
      if (taken && exitCode !== 0 && Date.now() - taken.atMs < ENDS_OF_IT_MS) failed(taken.error, taken.context);
      if (off.has('service.stopped')) return;
      logger.emit({
        eventName: 'service.stopped',
        severityText: 'INFO',
        severityNumber: severities.INFO,
        body: `service stopped with exit code ${exitCode}`,
        attributes: { ...identity, 'process.exit.code': exitCode },
      });
    },
    thrown(error, isCaught) {
      if (!isCaught) {
        taken = undefined;
        failed(error, context.active());
        return;
      }
      taken = { error, context: context.active(), atMs: Date.now() };
      write(error, taken.context, false, 'uncaught exception, which the service takes');
    },
    rejectionHandled(reason) {
      write(reason, context.active(), false, 'unhandled rejection, which the service takes');
    },
  };
}
