import { freePort, type ProcessEnd } from '@hallmark/stack';
import pg from 'pg';
import { type Receiver, startReceiver } from '../../../instrumentation/dist/testing/receiver.js';
import { preload } from '../../../instrumentation/dist/testing/run-service.js';
import { type Application, installed, sessionOf } from './applications.js';
import { theParts } from './parts.js';
import { type Answer, play } from './session.js';

const startTimeoutMs = 120_000;

/** What an application answered in its session, and how it ended when it was told to. */
export interface ApplicationRun {
  readonly answers: readonly Answer[];
  readonly end: ProcessEnd;
  readonly lines: readonly string[];
}

/** Plays the session with the application as it is, on a database of its own. */
export async function runBare(application: Application): Promise<ApplicationRun> {
  return runApplication(application, `${application.name}-bare`, [], {});
}

/** Plays the session with the application under the preload. */
export async function runObserved(application: Application): Promise<ApplicationRun & { readonly receiver: Receiver }> {
  const receiver = await startReceiver();
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    HALLMARK_EXIT_TIMEOUT_MS: '10000',
    HALLMARK_IGNORE_PATHS: application.healthPath,
  };
  const run = await runApplication(application, `${application.name}-observed`, ['--require', preload], settings);
  await receiver.close();
  return { ...run, receiver };
}

async function runApplication(
  application: Application,
  name: string,
  flags: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<ApplicationRun> {
  const { databaseUrl, run } = await theParts();
  const cwd = await installed(application);
  const place = { databaseUrl: await createDatabase(databaseUrl, name), port: await freePort() };
  const base = `http://127.0.0.1:${place.port}`;
  const lines: string[] = [];
  const { PATH, HOME } = process.env;
  const server = await run.spawn({
    name,
    command: process.execPath,
    args: [...flags, application.script],
    cwd,
    env: { PATH, HOME, ...application.environment(place), ...settings },
    onLine: (line) => lines.push(line),
    ready: async () => (await fetch(base + application.healthPath)).ok,
    readyTimeoutMs: startTimeoutMs,
  });
  const answers = await play(await sessionOf(application), base, application);
  return { answers, end: await server.stop(), lines };
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE "${name}"`);
  await client.end();
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}
