import { Client, errors } from '@elastic/elasticsearch';
import { NoAccess } from '../access/access.js';
import { QueryError } from '../query/query-error.js';
import { CannotRecord } from '../who-looked/collector.js';
import { CannotLook, decoded, variable } from './environment.js';

const requestTimeoutMs = 30_000;

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
  const [username, password] = [decoded(parsed.username), decoded(parsed.password)];
  parsed.username = '';
  parsed.password = '';
  return { node: parsed.href, username, password };
}

/** The one line that a failed look-up comes to. The password is never in it. */
export function describeFailure(error: unknown, url: string): string {
  if ([CannotLook, CannotRecord, QueryError].some((own) => error instanceof own)) return (error as Error).message;
  const { node, username } = readUrl(url);
  const where = `Elasticsearch at ${node.replace(/\/$/, '')}`;
  if (error instanceof NoAccess) return `${where}: ${error.message}`;
  if (error instanceof errors.TimeoutError) {
    return `${where} did not answer within ${requestTimeoutMs / 1_000} s; ask again, or with a shorter --since`;
  }
  if (error instanceof errors.ConnectionError) {
    return `${where} can't be reached (${firstLine(error.message)}); is it running? 'npm run stack' starts it, ${variable} says where it is`;
  }
  if (error instanceof errors.ResponseError && error.statusCode === 401 && username === '') {
    return `${where} asks for an account (401); put its name and password into ${variable}=http://user:password@host:9200`;
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
