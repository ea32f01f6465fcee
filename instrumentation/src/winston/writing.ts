interface TransportStream {
  prototype: { _write: TransportMethod; _writev: TransportMethod };
}
type TransportMethod = (this: unknown, ...args: unknown[]) => unknown;

const FOLLOWED = Symbol.for('hallmark.winston.writing');

let depth = 0;

/** True while a winston transport writes a line: what it prints by `console` is that line. */
export function isTransportWriting(): boolean {
  return depth > 0;
}

/** @param exports class of the package winston-transport, on which every transport stands */
export function followTransports<T>(exports: T): T {
  const { prototype } = exports as unknown as TransportStream;
  if (Object.hasOwn(prototype, FOLLOWED)) return exports;
  Object.defineProperty(prototype, FOLLOWED, { value: true });
  for (const name of ['_write', '_writev'] as const) {
    const method = prototype[name];
    prototype[name] = function (this: unknown, ...args: unknown[]): unknown {
      depth += 1;
      try {
        return method.apply(this, args);
      } finally {
        depth -= 1;
      }
    };
  }
  return exports;
}
