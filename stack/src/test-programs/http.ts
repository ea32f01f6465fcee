export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A JSON request to a URL that may carry a user and a password, which `fetch` refuses. */
export async function request(method: string, address: string, body?: unknown): Promise<Answer> {
  const url = new URL(address);
  const credentials = `${url.username}:${url.password}`;
  url.username = '';
  url.password = '';
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (credentials !== ':') headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
