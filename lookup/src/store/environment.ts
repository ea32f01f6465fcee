import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { parseEnv } from 'node:util';
import type { CollectorAddress } from '../who-looked/collector.js';

/** The account that may only read, and the only one that a look-up uses. */
export const variable = 'LOOKUP_ELASTICSEARCH_URL';
/** The collector's door for who looked, which takes nothing from anybody else. */
export const journalVariable = 'LOOKUP_JOURNAL_URL';
const stackFile = join('.hallmark', 'stack.env');

/** A look-up that could not be made; the message is one line: where it looked, what came, how to go on. */
export class CannotLook extends Error {
  override name = 'CannotLook';
}

export interface Places {
  /** Elasticsearch, with the user's own account in it. */
  readonly elasticsearch: string;
  /** Where who looked is written. */
  readonly collector: CollectorAddress;
}

/**
 * Where to look and where to write who looked: LOOKUP_ELASTICSEARCH_URL and LOOKUP_JOURNAL_URL, else the same lines in the
 * `.hallmark/stack.env` of the checkout around `folder`, which the stack keeps while it runs. Both come from the same place: who looked is
 * written where was looked.
 * @throws CannotLook when neither says it
 */
export function whereToLook(environment: NodeJS.ProcessEnv, folder: string): Places {
  const source = environment[variable] ? environment : stackEnvironment(folder);
  const elasticsearch = source[variable];
  if (!elasticsearch) {
    throw new CannotLook(
      `nowhere to look: ${variable} is not set and no running stack is known here; start one with 'npm run stack' or 'npm run demo', or set ${variable}=http://user:password@host:9200`,
    );
  }
  const journal = source[journalVariable];
  if (!journal) {
    throw new CannotLook(
      `nowhere to write who looked: ${journalVariable} is not set beside ${variable}; set it to the collector's door for that, like http://lookup:password@host:4319`,
    );
  }
  return { elasticsearch, collector: journalAddress(journal) };
}

/**
 * The collector's door for who looked, from a URL with its account.
 * @throws CannotLook when the URL is none, or has no account
 */
export function journalAddress(url: string): CollectorAddress {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    // What was given is not repeated: it may hold a password.
    throw new CannotLook(`${journalVariable} is not an http(s) URL; it looks like http://lookup:password@host:4319`);
  }
  if (parsed.username === '') {
    throw new CannotLook(`${journalVariable} has no account in it; it looks like http://lookup:password@host:4319`);
  }
  const account = [parsed.username, parsed.password].map(decoded).join(':');
  const base = `${parsed.origin}${parsed.pathname}`.replace(/\/$/, '');
  return {
    url: `${base}/v1/logs`,
    headers: { authorization: `Basic ${Buffer.from(account).toString('base64')}` },
  };
}

/** A password with a percent sign in it that nobody encoded is taken as it stands. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function stackEnvironment(from: string): NodeJS.Dict<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, stackFile);
    if (existsSync(file)) return trusting(parseEnv(readFileSync(file, 'utf8')));
    if (dirname(folder) === folder) return {};
  }
}

/** A stack that runs with TLS names its own authority; Node reads this variable only when it starts. */
function trusting(environment: NodeJS.Dict<string>): NodeJS.Dict<string> {
  const file = environment.NODE_EXTRA_CA_CERTS;
  if (file && existsSync(file)) setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
  return environment;
}
