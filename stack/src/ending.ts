/** How often a command looks whether the process that started it is still there. Unit: milliseconds. */
const parentPollMs = 500;

/** Tells a command when to end. */
export interface Ending {
  /** Fires once, on Ctrl-C, SIGTERM, SIGHUP, or when the parent (npm, a shell) has died; the reason is what happened. */
  readonly signal: AbortSignal;
  /** Resolves when `signal` fires, with what happened: `SIGINT`, `SIGTERM`, `SIGHUP` or `parent ended`. */
  readonly reason: Promise<string>;
  /** Takes the listeners away, so that the process can end by itself. */
  release(): void;
}

/**
 * Listens for whatever asks this process to end, until it is released. Meant for entry files. Repeats are ignored: a terminal sends
 * Ctrl-C to the whole process group, whose members pass it on, and the end that is under way must not be broken off by the second.
 */
export function listenForEnd(): Ending {
  const ending = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = (reason: string) => {
    clearInterval(poll);
    ending.abort(new Error(reason));
  };
  const onSignal = (name: NodeJS.Signals) => end(name);
  const parent = process.ppid;
  const poll = setInterval(() => process.ppid !== parent && end('parent ended'), parentPollMs);
  const release = () => {
    clearInterval(poll);
    for (const name of names) process.off(name, onSignal);
  };
  for (const name of names) process.on(name, onSignal);
  const reason = new Promise<string>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve((ending.signal.reason as Error).message), { once: true });
  });
  return { signal: ending.signal, reason, release };
}
