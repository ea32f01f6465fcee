import { chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../part.js';
import { randomPassword } from '../password.js';
import { loopback } from '../ports.js';
import { processPart } from '../process-part.js';
import { processesWorkingIn } from '../run/process-facts.js';
import type { Run } from '../run/run.js';
import { runToEnd } from '../run/run-to-end.js';
import { makeFolderFor, type Owner, unprivilegedOwner } from '../unprivileged.js';
import { waitUntil } from '../wait.js';
import { findPostgresql } from './binaries.js';
import { acceptsLogin } from './health.js';

const user = 'hallmark';
const database = 'postgres';
const readyTimeoutMs = 60_000;

/** Where the server writes its log as JSON lines, which the collector reads. */
export const postgresqlLogs = (run: Run) => join(run.folder, 'postgresql', 'logs', '*.json');

/** What the server tells: connections, errors, slow statements. Never a value: errors are terse, parameters are left out. */
const logSettings = {
  logging_collector: 'on',
  log_destination: 'jsonlog',
  log_directory: '../logs',
  log_filename: 'postgresql-%Y%m%dT%H%M%S.log',
  log_rotation_size: '10MB',
  log_connections: 'on',
  log_disconnections: 'on',
  log_min_duration_statement: '250ms',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
};

/** What differs from the server's own defaults. */
function settings(port: number): Record<string, string | number> {
  return {
    listen_addresses: loopback,
    port,
    // No socket file: the password is asked for on TCP only, and there is no second way in.
    unix_socket_directories: '',
    // The data lives as long as the run: waiting for the disk would guard it against a power cut only.
    fsync: 'off',
    // In the data folder instead of /dev/shm, where a killed server would leave them.
    dynamic_shared_memory_type: 'mmap',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...logSettings,
  };
}

export interface PostgresqlOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
}

export interface Postgresql {
  readonly part: Part;
  /** `postgres://user:password@127.0.0.1:port/postgres`, the account of the database's owner. */
  readonly url: string;
}

/** Starts PostgreSQL with a fresh data folder and one account, whose password is asked for on every connection. */
export async function startPostgresql(options: PostgresqlOptions): Promise<Postgresql> {
  const { run, env, port } = options;
  const owner = unprivilegedOwner();
  const binaries = await findPostgresql(env, owner, join(run.folder, 'postgresql-home'));
  const folder = join(run.folder, 'postgresql');
  await makeFolderFor(owner, folder);
  const dataFolder = join(folder, 'data');
  const environment = { PATH: env.PATH, HOME: folder, LC_ALL: 'C', TZ: 'UTC' };
  const password = randomPassword();
  await initialise({ run, environment, owner, initdb: binaries.initdb, folder, dataFolder, password });

  const part = processPart(run, 'postgresql', async () => {
    // The sessions of a server that was killed end a moment after it, and it can't be started again before.
    await waitUntil(() => processesWorkingIn(dataFolder).length === 0, { timeoutMs: readyTimeoutMs });
    return [
      await run.launch({
        name: 'postgresql',
        command: binaries.postgres,
        args: [
          '-D',
          dataFolder,
          ...Object.entries(settings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
        cwd: folder,
        env: environment,
        ...owner,
        // "Fast": ends the sessions of clients that are still there, in order. SIGTERM would wait for them.
        stopSignal: 'SIGINT',
        ready: () => acceptsLogin(loopback, port, user, database),
        readyTimeoutMs,
      }),
    ];
  });
  await part.start();
  return { part, url: `postgres://${user}:${password}@${loopback}:${port}/${database}` };
}

interface Initialisation {
  readonly run: Run;
  readonly environment: NodeJS.ProcessEnv;
  readonly owner: Owner | undefined;
  readonly initdb: string;
  readonly folder: string;
  readonly dataFolder: string;
  readonly password: string;
}

async function initialise({ run, owner, password, ...options }: Initialisation): Promise<void> {
  const passwordFile = join(options.folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);
  const args = ['-D', options.dataFolder, '-U', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  await runToEnd(run, {
    name: 'postgresql-initdb',
    command: options.initdb,
    args: [...args, '--encoding', 'UTF8', '--no-locale', '--no-sync'],
    cwd: options.folder,
    env: options.environment,
    ...owner,
  });
  await rm(passwordFile);
}
