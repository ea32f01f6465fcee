type ReallyExit = (this: unknown, code?: number) => never;

export interface ExitWatch {
  readonly leave: (exitCode: number) => void;
  /** Told what an `exit` listener of the service threw, before `leave`. */
  readonly onThrown: (error: unknown) => void;
  /** Told each rejection that a listener of the service's own takes: the process goes on. */
  readonly onRejectionHandled: (reason: unknown) => void;
}

/** Whether the service takes what is thrown: Node then ends with the code that was asked for, and else with 1. */
export function isCaught(): boolean {
  return process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback();
}

/**
 * Calls `leave` after every `exit` listener of the service, so that what those log is sent too: Node takes the listeners'
 * order from their registration, and the preload's would be the first. Node emits `exit` through `process.emit` on each
 * way out that runs JavaScript: return, `process.exit`, an uncaught exception, an unhandled rejection. A listener that calls
 * `process.exit` itself ends the process within that emit, by `process.reallyExit`, as does who calls that one.
 *
 * Rejections are seen in the same place: a listener for them would itself be one that handles them.
 */
export function watchExit({ leave, onThrown, onRejectionHandled }: ExitWatch): void {
  const { emit } = process;
  const emitAndWatch = function emitAndWatch(this: NodeJS.Process, event: string, ...args: unknown[]): boolean {
    if (event === 'unhandledRejection') {
      const isHandled = Reflect.apply(emit, this, [event, ...args]) as boolean;
      if (isHandled) onRejectionHandled(args[0]);
      return isHandled;
    }
    if (event !== 'exit') return Reflect.apply(emit, this, [event, ...args]);
    let result: boolean;
    try {
      result = Reflect.apply(emit, this, [event, ...args]);
    } catch (error) {
      onThrown(error);
      leave(Number(process.exitCode ?? (isCaught() ? 0 : 1)));
      throw error;
    }
    leave(Number(process.exitCode ?? args[0] ?? 0));
    return result;
  };
  process.emit = emitAndWatch as unknown as typeof emit;
  const ending = process as unknown as { reallyExit: ReallyExit };
  const { reallyExit } = ending;
  ending.reallyExit = function leaveThenExit(this: unknown, code, ...rest: []): never {
    leave(Number(code ?? process.exitCode ?? 0));
    return Reflect.apply(reallyExit, this, [code, ...rest]) as never;
  };
}
