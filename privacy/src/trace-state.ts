/** The parts of a span context that may hold a text; the context belongs to others too, and is never changed. */
export interface RedactableContext {
  readonly traceState?: { serialize(): string } | undefined;
}

/** A trace state (W3C trace context, 3.3) as it is sent, after redaction: it is written out, and takes and gives nothing. */
class WrittenTraceState {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  serialize(): string {
    return this.#text;
  }

  get(): undefined {
    return undefined;
  }

  set(): this {
    return this;
  }

  unset(): this {
    return this;
  }
}

/**
 * The context with what is personal in its trace state replaced, or undefined when there is nothing.
 * @param clean gives a text without what is personal
 */
export function withCleanState<T extends RedactableContext>(
  context: T | undefined,
  clean: (text: string) => string,
): T | undefined {
  const state = context?.traceState?.serialize();
  if (!context || !state) return undefined;
  const text = clean(state);
  return text === state ? undefined : { ...context, traceState: new WrittenTraceState(text) };
}

/** The ids of a context alone, for a span that can't be redacted. */
export function withoutState<T extends RedactableContext>(context: T): T {
  return { ...context, traceState: undefined };
}
