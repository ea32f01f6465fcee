import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { Client, errors } from '@elastic/elasticsearch';

/** The account that may only read, and the only one that a look-up uses. */
const variable = 'LOOKUP_ELASTICSEARCH_URL';
const stackFile = join('.hallmark', 'stack.env');
const requestTimeoutMs = 30_000;

/** A look-up that could not be made; the message is one line: where it looked, what came, how to go on. */
export class CannotLook extends Error {
  override name = 'CannotLook';
}

/**
 * Where to look: LOOKUP_ELASTICSEARCH_URL, else the same line in the `.hallmark/stack.env` of the checkout around `folder`,
 * which the stack keeps while it runs.
 * @throws CannotLook when neither says it
 */
export function whereToLook(environment: NodeJS.ProcessEnv, folder: string): string {
  const url = environment[variable] || stackEnvironment(folder)[variable];
  if (url) return url;
  throw new CannotLook(
    `nowhere to look: ${variable} is not set and no running stack is known here; start one with 'npm run stack' or 'npm run demo', or set ${variable}=http://user:password@host:9200`,
  );
}

function stackEnvironment(from: string): NodeJS.Dict<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, stackFile);
    if (existsSync(file)) return parseEnv(readFileSync(file, 'utf8'));
    if (dirname(folder) === folder) return {};
  }
}

/** @throws CannotLook when the URL is none */
export function connect(url: string): Client {
  const { node, username, password } = readUrl(url);
  return new Client({
    node,
    ...(username !== '' && { auth: { username, password } }),
    maxRetries: 1,
    requestTimeout: requestTimeoutMs,
  });
}

function readUrl(url: string) {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    // What was given is not repeated: it may hold a password.
    throw new CannotLook(`${variable} is not an http(s) URL; right would be http://user:password@host:9200`);
  }
  const username = decodeURIComponent(parsed.username);
  const password = decodeURIComponent(parsed.password);
  parsed.username = '';
  parsed.password = '';
  return { node: parsed.href, username, password };
}

/** The one line that a failed search comes to. The password is never in it. */
export function describeFailure(error: unknown, url: string): string {
  if (error instanceof CannotLook) return error.message;
  const { node, username } = readUrl(url);
  const where = `Elasticsearch at ${node.replace(/\/$/, '')}`;
  if (error instanceof errors.TimeoutError) {
    return `${where} did not answer within ${requestTimeoutMs / 1_000} s; ask again, or with a shorter --since`;
  }
  if (error instanceof errors.ConnectionError) {
    return `${where} can't be reached (${firstLine(error.message)}); is it running? 'npm run stack' starts it, ${variable} says where it is`;
  }
  if (error instanceof errors.ResponseError && error.statusCode === 401) {
    return `${where} refused the account '${username}' (401); put its right name and password into ${variable}`;
  }
  if (error instanceof errors.ResponseError && error.statusCode === 403) {
    return `${where} does not let the account '${username}' read the logs and traces (403); it needs the role Support_Logs`;
  }
  if (error instanceof errors.ResponseError) {
    return `${where} could not search (${error.statusCode ?? 'no status'}: ${firstLine(error.message)})`;
  }
  if (error instanceof errors.ElasticsearchClientError) {
    return `${where} gave no answer that can be read (${error.name}: ${firstLine(error.message)}); is it Elasticsearch 8 or newer?`;
  }
  throw error;
}

function firstLine(message: string): string {
  return (message.split(/[\r\n]/, 1)[0] ?? '').trim().slice(0, 200);
}
