import { chown, copyFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readRoles, rolesYaml } from '@hallmark/elasticsearch';
import type { Part } from '../part.js';
import { loopback } from '../ports.js';
import { processPart } from '../process-part.js';
import { type OnProgress, withTicks } from '../progress.js';
import type { Run } from '../run/run.js';
import type { Certificates } from '../tls/certificates.js';
import { linkTree, makeFolderFor, type Owner, unprivilegedOwner } from '../unprivileged.js';
import { type Accounts, accountsOfRun, type Credentials } from './accounts.js';
import { elasticsearchDistribution } from './distribution.js';
import { usersFile, usersRolesFile } from './file-realm.js';
import { findJava } from './java.js';
import { elasticsearchYml, heapOf, jvmOptions, log4j2Properties } from './settings.js';

/** Up in 10 to 20 s; a machine that does much else takes its time. Unit: milliseconds. */
const readyTimeoutMs = 180_000;
const stopTimeoutMs = 20_000;

export interface ElasticsearchOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly httpPort: number;
  readonly transportPort: number;
  /** What it shows; undefined: it talks without TLS. */
  readonly certificates: Certificates | undefined;
}

export interface Elasticsearch {
  readonly part: Part;
  /** Without credentials. */
  readonly url: string;
  readonly accounts: Accounts;
  readonly snapshotFolder: string;
}

/** Starts Elasticsearch with security on and the product's accounts. */
export async function startElasticsearch(options: ElasticsearchOptions): Promise<Elasticsearch> {
  const owner = unprivilegedOwner();
  const java = await findJava(options.env, owner);
  const heap = heapOf(options.env);
  const distribution = await elasticsearchDistribution({ ...options, signal: options.run.signal });
  const accounts = await accountsOfRun();
  const folder = join(options.run.folder, 'elasticsearch');
  await makeFolderFor(owner, folder);
  const home = await homeFor(owner, distribution, join(options.run.folder, 'elasticsearch-home'));
  await writeConfiguration({ ...options, owner, folder, heap }, accounts.all);

  const url = `${options.certificates ? 'https' : 'http'}://${loopback}:${options.httpPort}`;
  const part = processPart(options.run, 'elasticsearch', async () => [
    await options.run.launch({
      name: 'elasticsearch',
      command: join(home, 'bin', 'elasticsearch'),
      args: [],
      cwd: folder,
      env: environment(options.env, java, folder),
      ...owner,
      ready: () => isHealthy(url, accounts.administrator),
      readyTimeoutMs,
      stopTimeoutMs,
    }),
  ]);
  await withTicks(
    options.onProgress,
    (seconds) => `Elasticsearch: starting, ${seconds} s`,
    () => part.start(),
  );
  return { part, url, accounts, snapshotFolder: join(folder, 'snapshots') };
}

/** The distribution itself, or a tree of links to it that the unprivileged user can reach. */
async function homeFor(owner: Owner | undefined, distribution: string, linked: string): Promise<string> {
  if (owner === undefined) return distribution;
  await linkTree(distribution, linked);
  return linked;
}

interface Configuration extends ElasticsearchOptions {
  readonly owner: Owner | undefined;
  readonly folder: string;
  readonly heap: string;
}

async function writeConfiguration(options: Configuration, accounts: readonly Credentials[]): Promise<void> {
  const { httpPort, transportPort, owner, folder, heap, certificates } = options;
  const [config, temporaryFolder] = [join(folder, 'config'), join(folder, 'tmp')];
  const [dataFolder, logsFolder] = [join(folder, 'data'), join(folder, 'logs')];
  const snapshotFolder = join(folder, 'snapshots');
  for (const path of [config, temporaryFolder, dataFolder, logsFolder, snapshotFolder])
    await makeFolderFor(owner, path);
  // It reads certificates below its configuration folder only.
  const tls = certificates && { certificate: join(config, 'server.pem'), key: join(config, 'server.key') };
  for (const name of ['certificate', 'key'] as const) {
    if (tls && certificates) await copyFor(owner, certificates[name], tls[name]);
  }
  const files = {
    'elasticsearch.yml': elasticsearchYml({ httpPort, transportPort, dataFolder, logsFolder, snapshotFolder, tls }),
    'jvm.options': jvmOptions(heap, temporaryFolder),
    'log4j2.properties': log4j2Properties,
    'roles.yml': rolesYaml(await readRoles()),
    users: usersFile(accounts),
    users_roles: usersRolesFile(accounts),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(config, name);
    await writeFile(path, content, { mode: 0o600 });
    if (owner !== undefined) await chown(path, owner.uid, owner.gid);
  }
}

async function copyFor(owner: Owner | undefined, from: string, to: string): Promise<void> {
  await copyFile(from, to);
  if (owner !== undefined) await chown(to, owner.uid, owner.gid);
}

/** Only what it needs: a user's ES_JAVA_OPTS would change the server in ways that are hard to find. */
function environment(env: NodeJS.ProcessEnv, java: string, folder: string): NodeJS.ProcessEnv {
  return {
    PATH: env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    // The launcher's Java lives for its start only: compiling it well costs more than it gives.
    CLI_JAVA_OPTS: '-XX:TieredStopAtLevel=1',
    ES_JAVA_HOME: dirname(dirname(java)),
    ES_PATH_CONF: join(folder, 'config'),
    ES_TMPDIR: join(folder, 'tmp'),
  };
}

/** Green or yellow (one node has nowhere to put a replica), asked with the administrator's password. */
async function isHealthy(url: string, { user, password }: Credentials): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/_cluster/health`, {
    headers: { authorization },
    signal: AbortSignal.timeout(5_000),
  });
  const health = (await response.json()) as { status?: string };
  return response.ok && health.status !== 'red';
}
