import { readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DebianOptions, librariesIn } from '../debian/packages.js';
import { findInPath, isExecutable } from '../prerequisites.js';
import { unpackedRabbitmq } from './unpacked.js';

/** Where the programs of a RabbitMQ are. */
export interface RabbitmqInstallation {
  /** The script `rabbitmq-server` itself, not a wrapper that changes the user. */
  readonly server: string;
  readonly epmd: string;
  /** Holds `erl`; put first in PATH. */
  readonly erlangBin: string;
  /** Folders of shared libraries that came with it; empty for an installed one. */
  readonly libraries: readonly string[];
}

/**
 * The machine's own RabbitMQ if it has one, else Debian's packages unpacked into the cache. Its scripts can't bear a space in their
 * path, as a home may have: they are run through a link in the run folder.
 */
export async function findRabbitmq(options: DebianOptions): Promise<RabbitmqInstallation> {
  const installed = await installedRabbitmq(options.env);
  if (installed !== undefined) return installed;
  const link = join(options.run.folder, 'rabbitmq-home');
  await symlink(await unpackedRabbitmq(options), link);
  return installationIn(link);
}

async function installedRabbitmq(env: NodeJS.ProcessEnv): Promise<RabbitmqInstallation | undefined> {
  const erl = await findInPath('erl', env);
  if (erl === undefined) return undefined;
  const erlangBin = dirname(erl);
  const server = (await serverIn('/usr/lib/rabbitmq/lib')) ?? (await serverInPath(env));
  const epmd = (await findInPath('epmd', env)) ?? join(dirname(await realpath(erl)), 'epmd');
  if (server === undefined || !(await isExecutable(epmd))) return undefined;
  return { server, epmd, erlangBin, libraries: [] };
}

/** Debian's own `rabbitmq-server` in PATH is a wrapper that insists on a user of its own; elsewhere it is the real script. */
async function serverInPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const found = await findInPath('rabbitmq-server', env);
  if (found === undefined) return undefined;
  const real = await realpath(found);
  return (await isExecutable(join(dirname(real), 'rabbitmq-env'))) ? real : undefined;
}

async function installationIn(root: string): Promise<RabbitmqInstallation> {
  const erlangBin = join(root, 'usr', 'lib', 'erlang', 'bin');
  const server = await serverIn(join(root, 'usr', 'lib', 'rabbitmq', 'lib'));
  if (server === undefined) throw new Error(`${root} holds no rabbitmq-server; delete the folder and run again`);
  return { server, epmd: join(erlangBin, 'epmd'), erlangBin, libraries: await librariesIn(root) };
}

async function serverIn(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder).catch(() => [])) {
    const server = join(folder, name, 'sbin', 'rabbitmq-server');
    if (await isExecutable(server)) return server;
  }
  return undefined;
}
