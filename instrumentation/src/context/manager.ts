import { EventEmitter } from 'node:events';
import type { Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

const bound = Symbol('bound to a context');

type BoundEmitter = EventEmitter & { [bound]?: true };

/**
 * Upstream's manager, but an emitter is bound by its `emit` alone. Upstream replaces eight methods of each request and each
 * response and wraps every listener, which is a tenth of what the preload costs a request.
 */
export class ContextManager extends AsyncLocalStorageContextManager {
  /** Functions as upstream binds them. An emitter keeps the first context that it is bound to, as upstream has it. */
  override bind<T>(context: Context, target: T): T {
    if (!(target instanceof EventEmitter)) return super.bind(context, target);
    this.#bindEmitter(context, target);
    return target;
  }

  #bindEmitter(context: Context, emitter: BoundEmitter): void {
    if (emitter[bound]) return;
    emitter[bound] = true;
    const manager = this;
    const { emit } = emitter;
    const isPlain = emit === EventEmitter.prototype.emit;
    emitter.emit = function emitInContext(this: EventEmitter, event, ...args): boolean {
      // Most events of a request have no listener; to enter its context costs more than all else here.
      if (isPlain && event !== 'error' && this.listenerCount(event) === 0) return false;
      if (manager.active() === context) return emit.call(this, event, ...args);
      return manager.with(context, emit, this, event, ...args);
    };
  }
}
