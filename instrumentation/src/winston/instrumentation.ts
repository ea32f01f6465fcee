import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';
import { hookWinston, type WinstonLogger } from './hook.js';

const SUPPORTED = ['>=3 <4'];
const HOOKED = Symbol.for('hallmark.winston.hooked');

type LoggerClass = { prototype: WinstonLogger };

function hookOnce(Logger: LoggerClass): LoggerClass {
  if (!Object.hasOwn(Logger.prototype, HOOKED)) {
    hookWinston(Logger);
    Object.defineProperty(Logger.prototype, HOOKED, { value: true });
  }
  return Logger;
}

/** Takes the place of `@opentelemetry/instrumentation-winston` under its name, so that its switch works for it. */
export class WinstonBridge extends InstrumentationBase {
  constructor() {
    super('@opentelemetry/instrumentation-winston', HALLMARK_VERSION, {});
  }

  /** Hooks a winston that was loaded before the preload; loggers that it has made are hooked with it. */
  static hookLoaded(path: string, exports: unknown): boolean {
    if (!/[\\/]winston[\\/]lib[\\/]winston[\\/]logger\.js$/.test(path) || typeof exports !== 'function') return false;
    hookOnce(exports as unknown as LoggerClass);
    return true;
  }

  override init() {
    const loggerFile = new InstrumentationNodeModuleFile(
      'winston/lib/winston/logger.js',
      SUPPORTED,
      hookOnce,
      () => undefined,
    );
    return [
      new InstrumentationNodeModuleDefinition(
        'winston',
        SUPPORTED,
        (exports) => exports,
        () => undefined,
        [loggerFile],
      ),
    ];
  }
}
