import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../model.js';

/** A look-up that the server could not answer; the message is for people. */
export class Failed extends Error {
  readonly status: number;
  readonly column: number | undefined;

  constructor(status: number, failure: Failure) {
    super(failure.error);
    this.status = status;
    this.column = failure.column;
  }
}

export async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (error) {
    signal.throwIfAborted();
    throw new Failed(0, { error: `The look-up no longer runs at ${location.host} (${String(error)}).` });
  }
  const content: unknown = await response.json();
  if (!response.ok) throw new Failed(response.status, content as Failure);
  return content as T;
}

export type Asking<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed'; readonly failure: Failed }
  | { readonly state: 'there'; readonly answer: T };

const primed = new Map<string, unknown>();

/** Gives the answer to a question before it is asked: what came along with another. It serves once. */
export function prime(path: string, answer: unknown): void {
  primed.clear();
  primed.set(path, answer);
}

async function primedOrAsked<T>(path: string, signal: AbortSignal): Promise<T> {
  const known = primed.get(path) as T | undefined;
  primed.delete(path);
  return known ?? ask<T>(path, signal);
}

/** Asks whenever the path changes, and again for another `turn`; an answer that comes too late is dropped. */
export function useAnswer<T>(path: string | undefined, turn = 0): Asking<T> {
  const [asking, setAsking] = useState<{ key: string; now: Asking<T> }>({ key: '', now: { state: 'waiting' } });
  const key = `${turn} ${path}`;
  useEffect(() => {
    if (path === undefined) return undefined;
    const aborting = new AbortController();
    primedOrAsked<T>(path, aborting.signal).then(
      (answer) => setAsking({ key, now: { state: 'there', answer } }),
      (error: unknown) => {
        if (aborting.signal.aborted) return;
        const failure = error instanceof Failed ? error : new Failed(0, { error: String(error) });
        setAsking({ key, now: { state: 'failed', failure } });
      },
    );
    return () => aborting.abort();
  }, [key]);
  return asking.key === key ? asking.now : { state: 'waiting' };
}
