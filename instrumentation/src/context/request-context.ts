import { type Context, type Span, trace } from '@opentelemetry/api';
import { getRPCMetadata, type RPCMetadata, setRPCMetadata } from '@opentelemetry/core';

/** The key under which the API keeps something in a context: it tells it to any context that it asks. */
function keyOf(ask: (context: Context) => unknown): symbol | undefined {
  let asked: symbol | undefined;
  const listener: Context = {
    getValue(key) {
      asked = key;
      return undefined;
    },
    setValue: () => listener,
    deleteValue: () => listener,
  };
  ask(listener);
  return asked;
}

/**
 * The context of a request that is served, as `setRPCMetadata(trace.setSpan(parent, span), metadata)` would make it. That
 * takes two maps and six closures for each request, for two values that nearly nobody adds to.
 */
export class RequestContext implements Context {
  static #spanKey: symbol | undefined;
  static #metadataKey: symbol | undefined;
  readonly #parent: Context;
  readonly #span: Span;
  readonly #metadata: RPCMetadata;

  constructor(parent: Context, span: Span, metadata: RPCMetadata) {
    RequestContext.#spanKey ??= keyOf(trace.getSpan);
    RequestContext.#metadataKey ??= keyOf(getRPCMetadata);
    this.#parent = parent;
    this.#span = span;
    this.#metadata = metadata;
  }

  getValue(key: symbol): unknown {
    if (key === RequestContext.#spanKey) return this.#span;
    if (key === RequestContext.#metadataKey) return this.#metadata;
    return this.#parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#asMap().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#asMap().deleteValue(key);
  }

  #asMap(): Context {
    return setRPCMetadata(trace.setSpan(this.#parent, this.#span), this.#metadata);
  }
}
