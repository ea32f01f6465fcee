import { CallFailed } from './call-failed.js';
import type { Logger } from './logger.js';
import { withRetries } from './retry.js';

const CALL_TIMEOUT_MS = 10_000;

export interface CallOptions {
  /** Default 10,000. */
  timeoutMs?: number;
  /** Sent as `Authorization: Bearer`. */
  token?: string;
  /** Repeats a call that was not answered or failed on the other side, and tells it here. Only for calls that may be repeated. */
  retryLogger?: Logger;
}

/** Sends `body` as JSON and returns the JSON answer. Throws CallFailed. */
export async function callJson<T>(method: string, url: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const { token, retryLogger } = options;
  const init: RequestInit = {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const call = () => send(url, init, options);
  const response = retryLogger ? await withRetries(method, url, retryLogger, call) : await call();
  return (await response.json()) as T;
}

/** `fetch` with a time limit for the whole exchange, which takes every answer but 2xx for an error. Throws CallFailed. */
export async function send(url: string, init: RequestInit, options?: CallOptions): Promise<Response> {
  const what = `${init.method ?? 'GET'} ${url}`;
  const signal = AbortSignal.timeout(options?.timeoutMs ?? CALL_TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal });
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    const reason = cause instanceof Error ? cause.message : (error as Error).message;
    throw new CallFailed(`${what} was not answered: ${reason}`, undefined, error);
  }
  if (response.ok) return response;
  throw new CallFailed((await errorOf(response)) ?? `${what} was answered with ${response.status}`, response.status);
}

async function errorOf(response: Response): Promise<string | undefined> {
  try {
    const { error } = (await response.json()) as { error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
