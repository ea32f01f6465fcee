import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { parseEnv } from 'node:util';
import type { CollectorAddress } from '../who-looked/collector.js';

/** The account that may only read, and the only one that a look-up uses. */
export const variable = 'LOOKUP_ELASTICSEARCH_URL';
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
 * Where to look and where to write who looked: LOOKUP_ELASTICSEARCH_URL and OTEL_EXPORTER_OTLP_ENDPOINT (or
 * OTEL_EXPORTER_OTLP_LOGS_ENDPOINT), else the same lines in the `.hallmark/stack.env` of the checkout around `folder`, which the stack keeps
 * while it runs. Both come from the same place: who looked is written where was looked.
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
  return { elasticsearch, collector: collectorOf(source) };
}

function collectorOf(source: NodeJS.Dict<string>): CollectorAddress {
  const base = source.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = source.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT || (base && `${base.replace(/\/$/, '')}/v1/logs`);
  if (!url) {
    throw new CannotLook(
      `nowhere to write who looked: OTEL_EXPORTER_OTLP_ENDPOINT is not set beside ${variable}; set it to the collector's address, like http://host:4318`,
    );
  }
  if (!/^https?:$/.test(protocolOf(url))) {
    throw new CannotLook('OTEL_EXPORTER_OTLP_ENDPOINT is not an http(s) URL; it looks like http://host:4318');
  }
  return { url, headers: headersOf(source.OTEL_EXPORTER_OTLP_LOGS_HEADERS || source.OTEL_EXPORTER_OTLP_HEADERS || '') };
}

/** `key=value,key=value`, values percent-encoded (OpenTelemetry, "Specifying headers via environment variables"). */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
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
