import type { InstrumentationConfig, InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino';
import type { RecordWriter } from '../records/record-writer.js';
import { guarded } from '../talk/stderr.js';
import { LineStream } from './line-stream.js';
import type { Pino, PinoExports } from './pino.js';

export interface PinoBridgeConfig extends InstrumentationConfig {
  /** What lines are sent by; without it they are not. The trace's ids are printed on them in any case. */
  readonly writer?: RecordWriter | undefined;
}

/**
 * Upstream's pino instrumentation for the ids on the printed line; the records are made here. Upstream's have severities and
 * exceptions of pino's own form, and no bounds.
 */
export class PinoBridge extends PinoInstrumentation {
  constructor({ writer }: PinoBridgeConfig) {
    super({ disableLogSending: true });
    this.#writer = writer;
  }

  // Upstream's constructor calls `init`, before this is set; the patch runs later.
  readonly #writer: RecordWriter | undefined;

  override init(): InstrumentationNodeModuleDefinition[] {
    const definitions = super.init() as unknown as InstrumentationNodeModuleDefinition[];
    for (const definition of definitions) {
      const { patch } = definition;
      definition.patch = (exports: PinoExports, version?: string) => {
        const writer = this.#writer;
        const sending = (writer && guarded('pino', () => withLines(exports, writer))) ?? exports;
        return patch ? patch.call(definition, sending, version) : sending;
      };
    }
    return definitions;
  }
}

/** pino itself in CommonJS; a namespace whose `default` it is in ES modules. */
function withLines(exports: PinoExports, writer: RecordWriter): PinoExports {
  if (typeof exports === 'function') return sendingLines(exports, writer);
  exports.default = sendingLines(exports.default, writer);
  return exports;
}

function sendingLines(pino: Pino, writer: RecordWriter): Pino {
  const make = (...args: unknown[]) => {
    const logger = pino(...args);
    guarded('pino', () => addLineStream(pino, logger, writer));
    return logger;
  };
  return Object.assign(make, pino);
}

/** Beside the stream that the logger prints to. pino before 7 has no `multistream`. */
function addLineStream({ multistream, symbols }: Pino, logger: ReturnType<Pino>, writer: RecordWriter): void {
  if (typeof multistream !== 'function') return;
  const lines = new LineStream(writer, String(logger[symbols.messageKeySym]), String(logger[symbols.errorKeySym]));
  logger[symbols.streamSym] = multistream(
    [
      { level: 0, stream: logger[symbols.streamSym] },
      { level: 0, stream: lines },
    ],
    { levels: logger.levels.values },
  );
}
