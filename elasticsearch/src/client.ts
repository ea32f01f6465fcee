/** A request to Elasticsearch that was refused or never arrived; the message says where it looked and what came back. */
export class ElasticsearchError extends Error {
  /** HTTP status, or undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'ElasticsearchError';
    this.status = status;
  }
}

/** Time after which a server that accepted the connection and says nothing counts as away. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * One request with a JSON body to the server at `serverUrl` (credentials, if any, in the URL's user part).
 * @throws {ElasticsearchError} on anything but a 2xx answer; the credentials never appear in its message.
 */
export async function request(serverUrl: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const { base, authorization } = parseServerUrl(serverUrl);
  const what = `${method} ${base}${path}`;
  let response: Response;
  try {
    response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ElasticsearchError(`Elasticsearch doesn't answer: ${what}: ${reasonOf(error)}`);
  }
  const text = await response.text();
  if (!response.ok) {
    throw new ElasticsearchError(
      `Elasticsearch answered ${response.status} to ${what}: ${oneLine(text)}`,
      response.status,
    );
  }
  return text === '' ? undefined : JSON.parse(text);
}

function parseServerUrl(serverUrl: string): { base: string; authorization: string | undefined } {
  let url: URL;
  try {
    url = new URL(serverUrl);
  } catch {
    throw new ElasticsearchError('the Elasticsearch URL is no URL; it looks like http://user:password@127.0.0.1:9200');
  }
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    base: url.origin + url.pathname.replace(/\/$/, ''),
    authorization: url.username ? `Basic ${Buffer.from(credentials).toString('base64')}` : undefined,
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  return cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : error.message;
}

/** The reason out of Elasticsearch's JSON error, or the answer's beginning. */
function oneLine(answer: string): string {
  try {
    const parsed = JSON.parse(answer) as { error?: { reason?: string; caused_by?: { reason?: string } } | string };
    if (typeof parsed.error === 'object' && parsed.error.reason) {
      const cause = parsed.error.caused_by?.reason;
      return (cause ? `${parsed.error.reason}: ${cause}` : parsed.error.reason).replace(/\s+/g, ' ');
    }
  } catch {
    // not JSON: the text itself is what there is to say
  }
  return answer.slice(0, 300).replace(/\s+/g, ' ') || 'no text';
}
