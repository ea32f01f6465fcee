import type { Application, SessionRequest } from './applications.js';

/** What came back for one request, without what differs from run to run. */
export interface Answer {
  readonly request: string;
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/** Asks one request after the other, as the session has them. */
export async function play(
  session: readonly SessionRequest[],
  base: string,
  { headers: common, unsteady }: Application,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { method, path, headers, body } of session) {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', ...common, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    answers.push({
      request: `${method} ${path}`,
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: parsed((await response.text()).replaceAll(base, '<base>'), unsteady),
    });
  }
  return answers;
}

function parsed(text: string, unsteady: readonly string[]): unknown {
  const normal = normalise(text);
  try {
    return JSON.parse(normal, (key, value: unknown) => (unsteady.includes(key) ? undefined : value));
  } catch {
    return normal;
  }
}

/** Replaces times, random ids and random tokens, which no two runs share. */
function normalise(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, '<time>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/\b[0-9a-f]{32,64}\b/g, '<token>')
    .replaceAll(/\$2b\$10\$[./\w]{53}/g, '<token>')
    .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '<ulid>');
}
