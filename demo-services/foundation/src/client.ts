const CALL_TIMEOUT_MS = 10_000;

/** A call of another service that was not answered, or answered with an error. */
export class CallFailed extends Error {
  /** The HTTP status of the answer, or undefined where there was none. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, cause?: unknown) {
    super(message, { cause });
    this.name = 'CallFailed';
    this.status = status;
  }

  /** True where the other side says that the request itself is wrong: repeating it would not help. */
  get refused(): boolean {
    return (
      this.status !== undefined && this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
    );
  }
}

export interface CallOptions {
  /** Default 10,000. */
  timeoutMs?: number;
}

/** Sends `body` as JSON and returns the JSON answer. Throws CallFailed. */
export async function callJson<T>(method: string, url: string, body?: unknown, options?: CallOptions): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  const response = await send(url, init, options);
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
