import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmFolder } from './npm-folder.js';

const fixtures = fileURLToPath(new URL('../../fixtures/applications/', import.meta.url));

/** One request of a recorded session. */
export interface SessionRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Place {
  readonly databaseUrl: string;
  readonly port: number;
}

/** A server application of npm, as its own users install and start it. */
export interface Application {
  readonly name: string;
  /** The script that its documentation starts. */
  readonly script: string;
  /** Answers 200 as soon as it serves. */
  readonly healthPath: string;
  /** Sent with each request that does not set the same. */
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of its answers that it fills in by itself some time after the request. */
  readonly unsteady: readonly string[];
  /** A line that its own logger writes within a request of the session, where that logger is one that the preload bridges. */
  readonly line?: { readonly text: string; readonly path: string };
  environment(place: Place): Readonly<Record<string, string>>;
}

const masterKey = 'fixture-master-key';

/**
 * Chosen since each stands on PostgreSQL, logs by a library of its own (winston, log4js), has some 400 packages below it and
 * installs within a minute without a compiler: Parse Server (CommonJS, Express 5, pg-promise) and Unleash (ES modules,
 * Express 4, Knex).
 */
export const applications: readonly Application[] = [
  {
    name: 'parse-server',
    script: 'node_modules/parse-server/bin/parse-server',
    healthPath: '/parse/health',
    headers: { 'x-parse-application-id': 'fixture-app' },
    unsteady: [],
    line: { text: 'Account already exists for this username.', path: '/parse/users' },
    environment: ({ databaseUrl, port }) => ({
      PARSE_SERVER_APPLICATION_ID: 'fixture-app',
      PARSE_SERVER_MASTER_KEY: masterKey,
      PARSE_SERVER_DATABASE_URI: databaseUrl,
      PARSE_SERVER_URL: `http://127.0.0.1:${port}/parse`,
      PARSE_SERVER_MOUNT_PATH: '/parse',
      PARSE_SERVER_HOST: '127.0.0.1',
      PARSE_SERVER_ALLOW_CUSTOM_OBJECT_ID: 'true',
      PARSE_SERVER_ALLOW_CLIENT_CLASS_CREATION: 'true',
      PARSE_SERVER_LOGS_FOLDER: 'null',
      PORT: String(port),
    }),
  },
  {
    name: 'unleash-server',
    script: 'node_modules/unleash-server/dist/server.js',
    healthPath: '/health',
    headers: { authorization: '*:*.hallmark-fixture' },
    unsteady: ['lifecycle', 'lastSeenAt', 'seenAt', 'lastReportedFlagUsage', 'yes', 'no'],
    environment: ({ databaseUrl, port }) => ({
      DATABASE_URL: databaseUrl,
      DATABASE_SSL: 'false',
      CHECK_VERSION: 'false',
      SEND_TELEMETRY: 'false',
      INIT_ADMIN_API_TOKENS: '*:*.hallmark-fixture',
      INIT_CLIENT_API_TOKENS: 'default:development.hallmark-fixture',
      HTTP_HOST: '127.0.0.1',
      PORT: String(port),
    }),
  },
];

/** The folder of the cache with the application and the dependencies that its lock file here names; made when it is not there. */
export async function installed({ name }: Application): Promise<string> {
  const lock = await readFile(join(fixtures, name, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const prepare = (folder: string) => cp(join(fixtures, name), folder, { recursive: true });
  return npmFolder(`${name}-${digest}`, prepare, ['ci', '--ignore-scripts', '--omit=dev']);
}

/** The recorded session of 100 requests. */
export async function sessionOf({ name }: Application): Promise<SessionRequest[]> {
  return JSON.parse(await readFile(join(fixtures, name, 'session.json'), 'utf8')) as SessionRequest[];
}
