import { type AnyValue, type Context, type Logger, logs } from '@opentelemetry/api';
import { OpenTelemetryTransportV3 } from '@opentelemetry/winston-transport';
import { LEVEL, type WinstonRecord } from './record.js';
import type { Severity } from './severity.js';

/** Where upstream's transport looks for the context of the log call. */
const CONTEXT = Symbol.for('opentelemetry.js.contrib.winston.context');
const SEVERITIES = { TRACE: 1, DEBUG: 5, INFO: 9, WARN: 13, ERROR: 17, FATAL: 21 } as const;

type Emitted = Parameters<Logger['emit']>[0];

/**
 * Upstream's transport with its faults fixed above it. It takes whatever stands under `err`, `error`, `stack` or in the splat for
 * an exception and knows no custom level; so it gets a line without those, and what it must not interpret is put on the
 * record behind it.
 */
export class WinstonTransport extends OpenTelemetryTransportV3 {
  #record: WinstonRecord | undefined;
  #severity: Severity | undefined;

  constructor() {
    super({ severityMapping: SEVERITIES });
    const logger = logs.getLogger('@opentelemetry/winston-transport');
    // The field is upstream's own; its logger is replaced by one that completes the record.
    Object.defineProperty(this, '_logger', {
      value: { emit: (emitted: Emitted) => logger.emit(this.#complete(emitted)) },
    });
  }

  /** Sends one log call. @param context the one that was active when the service made it */
  send(record: WinstonRecord, severity: Severity, context: Context): void {
    this.#record = record;
    this.#severity = severity;
    try {
      this.log({ [LEVEL]: severity.text, message: record.body, [CONTEXT]: context }, () => undefined);
    } finally {
      this.#record = undefined;
    }
  }

  #complete(emitted: Emitted): Emitted {
    if (!this.#record || !this.#severity) return emitted;
    const { attributes, eventName } = this.#record;
    return {
      ...emitted,
      severityNumber: this.#severity.number,
      attributes: attributes as Record<string, AnyValue>,
      ...(eventName === undefined ? {} : { eventName }),
    };
  }
}
