type ReallyExit = (this: unknown, code?: number) => never;

/**
 * Calls `leave` after every `exit` listener of the service, so that what those log is sent too: Node takes the listeners'
 * order from their registration, and the preload's would be the first. Node emits `exit` through `process.emit` on each
 * way out that runs JavaScript: return, `process.exit`, an uncaught exception, an unhandled rejection. A listener that calls
 * `process.exit` itself ends the process within that emit, by `process.reallyExit`, as does who calls that one.
 */
export function watchExit(leave: (exitCode: number) => void): void {
  const { emit } = process;
  const emitThenLeave = function emitThenLeave(this: NodeJS.Process, event: string, ...args: unknown[]): boolean {
    if (event !== 'exit') return Reflect.apply(emit, this, [event, ...args]);
    try {
      return Reflect.apply(emit, this, [event, ...args]);
    } finally {
      leave(Number(process.exitCode ?? args[0] ?? 0));
    }
  };
  process.emit = emitThenLeave as unknown as typeof emit;
  const ending = process as unknown as { reallyExit: ReallyExit };
  const { reallyExit } = ending;
  ending.reallyExit = function leaveThenExit(this: unknown, code, ...rest: []): never {
    leave(Number(code ?? process.exitCode ?? 0));
    return Reflect.apply(reallyExit, this, [code, ...rest]) as never;
  };
}
