/** What the bridge touches of pino, 7 and later. */
export interface Pino {
  (...args: unknown[]): PinoLogger;
  readonly multistream?: (
    streams: readonly { readonly level: number; readonly stream: unknown }[],
    options: { readonly levels: unknown },
  ) => unknown;
  readonly symbols: Readonly<Record<'streamSym' | 'messageKeySym' | 'errorKeySym', symbol>>;
}

interface PinoLogger {
  readonly levels: { readonly values: unknown };
  [symbol: symbol]: unknown;
}

/** As CommonJS gives it, or as an ES module. */
export type PinoExports = Pino | { default: Pino };
