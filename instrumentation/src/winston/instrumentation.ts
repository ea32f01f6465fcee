import {
  InstrumentationBase,
  type InstrumentationConfig,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import type { RecordWriter } from '../records/record-writer.js';
import { hookWinston, type WinstonLogger } from './hook.js';
import { followTransports } from './writing.js';

const SUPPORTED = ['>=3 <4'];
const HOOKED = Symbol.for('hallmark.winston.hooked');

type LoggerClass = { prototype: WinstonLogger };

export interface WinstonBridgeConfig extends InstrumentationConfig {
  readonly writer?: RecordWriter | undefined;
  /** The console's lines are sent too: those that a transport prints must not be. */
  readonly besideConsole?: boolean;
}

function hookOnce(Logger: LoggerClass, writer: RecordWriter | undefined): LoggerClass {
  if (writer && !Object.hasOwn(Logger.prototype, HOOKED)) {
    hookWinston(Logger, writer);
    Object.defineProperty(Logger.prototype, HOOKED, { value: true });
  }
  return Logger;
}

/** Takes the place of `@opentelemetry/instrumentation-winston` under its name, so that its switch works for it. */
export class WinstonBridge extends InstrumentationBase<WinstonBridgeConfig> {
  constructor(config: WinstonBridgeConfig) {
    super('@opentelemetry/instrumentation-winston', HALLMARK_VERSION, config);
  }

  /** Hooks a winston that was loaded before the preload; loggers that it has made are hooked with it. */
  static hookLoaded(path: string, exports: unknown, writer: RecordWriter): boolean {
    if (!/[\\/]winston[\\/]lib[\\/]winston[\\/]logger\.js$/.test(path) || typeof exports !== 'function') return false;
    hookOnce(exports as unknown as LoggerClass, writer);
    return true;
  }

  override init() {
    const loggerFile = new InstrumentationNodeModuleFile(
      'winston/lib/winston/logger.js',
      SUPPORTED,
      (Logger: LoggerClass) => hookOnce(Logger, this.getConfig().writer),
      () => undefined,
    );
    const asItIs = (exports: unknown) => exports;
    const none = () => undefined;
    const winston = new InstrumentationNodeModuleDefinition('winston', SUPPORTED, asItIs, none, [loggerFile]);
    const { besideConsole } = this.getConfig();
    if (!besideConsole) return [winston];
    return [winston, new InstrumentationNodeModuleDefinition('winston-transport', ['*'], followTransports, none)];
  }
}
