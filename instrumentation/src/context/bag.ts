import { type Context, propagation, type Span, trace } from '@opentelemetry/api';
import { limits } from '../settings/limits.js';

/** An error that was seen while a request or message was worked on. */
export interface SeenError {
  readonly type: string;
  readonly message: string;
}

/**
 * What is known about one request or message: the values of the configured context keys. One bag belongs to one local root
 * span and its descendants, so that two requests handled at once never share one.
 */
export class Bag {
  lastError: SeenError | undefined;
  // Most requests of most services know none: nothing is allocated for them.
  #values: Map<string, string> | undefined;
  #ambiguous: Set<string> | undefined;

  /**
   * Sets a value that was logged or written on a span. A second, different value makes the key ambiguous (a handler that
   * works on several orders): it is then carried no further, since a wrong number is worse than none.
   */
  observe(key: string, value: unknown): void {
    const text = contextValue(value);
    if (text === undefined || this.#ambiguous?.has(key)) return;
    this.#values ??= new Map();
    const known = this.#values.get(key);
    if (known === undefined) this.#values.set(key, text);
    else if (known !== text) {
      this.#ambiguous ??= new Set();
      this.#ambiguous.add(key);
      this.#values.delete(key);
    }
  }

  get(key: string): string | undefined {
    return this.#values?.get(key);
  }

  entries(): Iterable<[string, string]> {
    return this.#values ?? [];
  }
}

/** Texts and numbers that fit an identifier; anything else is not carried. */
export function contextValue(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string' || value === '' || value.length > limits.contextValueChars) return undefined;
  return value;
}

/** A property costs less than a WeakMap, whose entries the collector of garbage follows again and again. */
const BAG = Symbol('hallmark.bag');
type SpanWithBag = Span & { [BAG]?: Bag };

/** Gives a new span its parent's bag, or a new one where the span begins the work in this process. */
export function assignBag(span: Span, parentContext: Context): Bag {
  const parent = trace.getSpan(parentContext);
  const bag = bagOfSpan(parent) ?? new Bag();
  (span as SpanWithBag)[BAG] = bag;
  return bag;
}

export function bagOfSpan(span: Span | undefined): Bag | undefined {
  return (span as SpanWithBag | undefined)?.[BAG];
}

export function bagOfContext(context: Context): Bag | undefined {
  return bagOfSpan(trace.getSpan(context));
}

/** Takes configured keys from OpenTelemetry baggage that the service itself put into the context. */
export function observeBaggage(bag: Bag, context: Context, keys: readonly string[]): void {
  const baggage = propagation.getBaggage(context);
  if (!baggage) return;
  for (const key of keys) bag.observe(key, baggage.getEntry(key)?.value);
}
