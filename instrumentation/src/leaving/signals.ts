import { constants } from 'node:os';

/** Signals that end a process which has no listener for them. */
const DEADLY_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

type Listener = (...args: unknown[]) => void;

/** Node's own methods, taken before they are replaced below. */
interface ProcessMethods {
  readonly on: (event: string, listener: Listener) => unknown;
  readonly removeListener: (event: string, listener: Listener) => unknown;
  readonly removeAllListeners: (event?: string) => unknown;
  readonly listeners: (event: string) => Listener[];
  readonly rawListeners: (event: string) => Listener[];
  readonly listenerCount: (event: string, ...rest: unknown[]) => number;
  readonly eventNames: () => (string | symbol)[];
}

function bindMethods(): ProcessMethods {
  const { on, removeListener, removeAllListeners, listeners, rawListeners, listenerCount, eventNames } = process;
  const methods = { on, removeListener, removeAllListeners, listeners, rawListeners, listenerCount, eventNames };
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, (method as unknown as Listener).bind(process)]),
  ) as unknown as ProcessMethods;
}

/**
 * Leaves before a signal kills the process. A service that has a listener of its own decides alone; otherwise the signal is
 * raised again without our listener, so that the process dies of it exactly as a bare one.
 */
export function watchSignals(leave: (exitCode: number) => void): void {
  // The kernel spares the first process of a container from signals that it does not listen for: nothing to leave for.
  if (process.pid === 1) return;
  const methods = bindMethods();
  const ours = new Map<string, Listener>();
  const handled = new Set<string>();
  for (const signal of DEADLY_SIGNALS) {
    ours.set(signal, () => {
      if (handled.has(signal) || visibleListeners(methods, ours, signal).length > 0) return;
      leave(128 + constants.signals[signal]);
      const listener = ours.get(signal);
      ours.delete(signal);
      if (listener) methods.removeListener(signal, listener);
      process.kill(process.pid, signal);
    });
  }
  for (const [signal, listener] of ours) methods.on(signal, listener);
  followRemovals(methods, ours, handled);
  hideListeners(methods, ours, () => followRemovals(methods, ours, handled));
}

function visibleListeners(
  { rawListeners }: ProcessMethods,
  ours: ReadonlyMap<string, Listener>,
  event: string,
): Listener[] {
  return rawListeners(event).filter((listener) => listener !== ours.get(event));
}

/**
 * Node stops watching a signal when a listener is removed and it counts none that is left, and ours does not count (below): it is
 * then registered anew.
 *
 * @param handled gets, for the rest of the turn, signals that have lost a listener of the service's: a `once` that stands before
 * ours (of an earlier preload, or by `prependOnceListener`) takes the signal and is gone when ours is called
 */
function followRemovals(methods: ProcessMethods, ours: ReadonlyMap<string, Listener>, handled: Set<string>): void {
  let arming = false;
  methods.on('removeListener', (event) => {
    const signal = event as string;
    const listener = ours.get(signal);
    if (!listener || arming) return;
    handled.add(signal);
    process.nextTick(() => handled.delete(signal));
    if (visibleListeners(methods, ours, signal).length > 0) return;
    arming = true;
    methods.removeListener(signal, listener);
    methods.on(signal, listener);
    arming = false;
  });
}

/**
 * Keeps our listeners out of what the service can count or remove: `signal-exit` (in npm and most command lines) re-raises a
 * signal only while it sees no listener but its own, and `removeAllListeners('SIGTERM')` must not take ours.
 */
function hideListeners(methods: ProcessMethods, ours: ReadonlyMap<string, Listener>, onAllRemoved: () => void): void {
  const countVisible = (event: string) => visibleListeners(methods, ours, event).length;
  const replaced: Partial<Record<keyof ProcessMethods, unknown>> = {
    listeners: (event: string) => methods.listeners(event).filter((listener) => listener !== ours.get(event)),
    rawListeners: (event: string) => visibleListeners(methods, ours, event),
    listenerCount: (event: string, ...rest: unknown[]) =>
      ours.has(event) && rest.length === 0 ? countVisible(event) : methods.listenerCount(event, ...rest),
    eventNames: () =>
      methods.eventNames().filter((event) => !ours.has(event as string) || countVisible(event as string) > 0),
    removeAllListeners(...args: [string?]) {
      methods.removeAllListeners(...args);
      for (const [signal, listener] of ours) {
        // Twice it would outlive the one removal with which it leaves the signal to Node.
        if (!methods.rawListeners(signal).includes(listener)) methods.on(signal, listener);
      }
      if (args.length === 0) onAllRemoved();
      return process;
    },
  };
  for (const [name, value] of Object.entries(replaced)) {
    Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
