type ReallyExit = (this: unknown, code?: number) => never;

export interface ExitWatch {
  readonly leave: (exitCode: number) => void;
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
 * What a listener throws ends the process by an uncaught exception, without another `exit`: it leaves then.
 *
 * Rejections are seen in the same place: a listener for them would itself be one that handles them.
 */
export function watchExit({ leave, onRejectionHandled }: ExitWatch): void {
  const { emit } = process;
  const codeOf = (otherwise: unknown) => Number(process.exitCode ?? otherwise);
  let isFatal = false;
  let isCutShort = false;
  const emitExit = (self: NodeJS.Process, args: unknown[]): boolean => {
    isCutShort = true;
    // Not caught and thrown once more: Node would print the place in this file for it.
    try {
      const result = Reflect.apply(emit, self, ['exit', ...args]) as boolean;
      isCutShort = false;
      leave(codeOf(args[0]));
      return result;
    } finally {
      // On the way out of an uncaught exception Node drops what is thrown, and else it makes it one.
      if (isCutShort && isFatal) leave(codeOf(1));
    }
  };
  const emitAndWatch = function emitAndWatch(this: NodeJS.Process, event: string, ...args: unknown[]): boolean {
    if (event === 'exit') return emitExit(this, args);
    const result = Reflect.apply(emit, this, [event, ...args]) as boolean;
    if (event === 'unhandledRejection' && result) onRejectionHandled(args[0]);
    if (event === 'uncaughtExceptionMonitor') {
      isFatal = !isCaught();
      if (isCutShort) leave(codeOf(isFatal ? 1 : 0));
    }
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
