import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, findCached } from '../cache/cached.js';
import { oneLine, StackError } from '../failure.js';
import { findInPath, missing } from '../prerequisites.js';
import { withTicks } from '../progress.js';
import { runToEnd } from '../run/run-to-end.js';
import type { InstallationOptions } from './installation.js';

const howToGetIt =
  'apt-get install rabbitmq-server, brew install rabbitmq, or set AMQP_URL to a broker of your own (amqp://user:password@host:5672)';

/** The release of Debian is part of the name: packages of one don't run on another. */
async function entryName(): Promise<string> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const value = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? 'unknown';
  return `rabbitmq-${value('ID')}-${value('VERSION_ID')}-${process.arch}`;
}

/**
 * RabbitMQ and the Erlang it needs, fetched by apt-get (which checks Debian's signatures and hashes) into folders of its own and
 * unpacked into the cache. Nothing is installed and nothing of the system's apt state is changed.
 */
export async function unpackedRabbitmq(options: InstallationOptions): Promise<string> {
  const name = await entryName();
  const unpacked = await findCached(name, options.env);
  if (unpacked !== undefined) return unpacked;
  for (const program of ['apt-get', 'dpkg']) {
    if ((await findInPath(program, options.env)) !== undefined) continue;
    throw missing('RabbitMQ', 'none is installed, and this machine has no apt-get to fetch one with', howToGetIt);
  }
  options.onProgress('RabbitMQ: not installed and not in the cache, fetching its Debian packages (35 MB)');
  const fetching = cached(name, options, (folder) =>
    withTicks(
      options.onProgress,
      (seconds) => `RabbitMQ: fetching and unpacking its Debian packages, ${seconds} s`,
      () => fetchAndUnpack(options, folder),
    ),
  );
  return fetching.catch((error) => {
    options.run.signal.throwIfAborted();
    throw new StackError(
      `RabbitMQ: fetching its Debian packages failed: ${oneLine(error)}; run again, or: ${howToGetIt}`,
    );
  });
}

async function fetchAndUnpack(options: InstallationOptions, folder: string): Promise<void> {
  const work = join(options.run.folder, 'rabbitmq-packages');
  const [packages, configuration] = [join(work, 'packages'), join(work, 'apt.conf')];
  for (const path of [packages, join(work, 'state', 'lists', 'partial'), join(work, 'cache', 'archives', 'partial')]) {
    await mkdir(path, { recursive: true });
  }
  await writeFile(configuration, aptConfiguration(work));
  const apt = (step: string, args: string[]) =>
    runToEnd(options.run, {
      name: `rabbitmq-${step}`,
      command: 'apt-get',
      args: ['-c', configuration, ...args],
      cwd: packages,
      env: { ...options.env, LC_ALL: 'C' },
    });

  // A source of the user's own that can't be reached makes this fail; what counts is whether the packages are known afterwards.
  await apt('lists', ['update']).catch(() => options.run.signal.throwIfAborted());
  const plan = join(options.run.folder, 'logs', 'rabbitmq-plan.log');
  await apt('plan', ['--simulate', '--yes', '--no-install-recommends', 'install', 'rabbitmq-server']).catch(
    async (error) => {
      throw (await unreachable(join(options.run.folder, 'logs', 'rabbitmq-lists.log'))) ?? error;
    },
  );
  // What is installed in another version (`Inst name [version] (…)`) stays what it is.
  const names = [...(await readFile(plan, 'utf8')).matchAll(/^Inst (\S+) \(/gm)].map(([, name]) => name ?? '');
  await apt('download', ['download', ...names]);
  await unpack(options, packages, folder);
  await rm(work, { recursive: true });
}

/** "Unable to locate package" is what follows from a source that could not be reached: the cause stands in the log before it. */
async function unreachable(listsLog: string): Promise<StackError | undefined> {
  const log = await readFile(listsLog, 'utf8').catch(() => '');
  const cause = /Failed to fetch .*/.exec(log)?.[0];
  return cause === undefined ? undefined : new StackError(`apt-get update: ${cause.trim()}`);
}

async function unpack(options: InstallationOptions, packages: string, folder: string): Promise<void> {
  await mkdir(folder);
  const files = (await readdir(packages)).filter((name) => name.endsWith('.deb'));
  if (files.length === 0) throw new StackError(`RabbitMQ: apt-get fetched no package: ${howToGetIt}`);
  for (const file of files) {
    const args = ['-x', join(packages, file), folder];
    await runToEnd(options.run, { name: 'rabbitmq-unpack', command: 'dpkg', args, env: options.env });
  }
  await makeRelocatable(join(folder, 'usr', 'lib', 'erlang', 'bin', 'erl'));
}

/** Debian's `erl` knows only /usr/lib/erlang: let it find itself where it lies. */
async function makeRelocatable(erl: string): Promise<void> {
  const script = await readFile(erl, 'utf8');
  const here = 'ROOTDIR=$(cd "$(dirname "$0")/.." && pwd)';
  await writeFile(erl, script.replaceAll('ROOTDIR=/usr/lib/erlang', here));
}

/** Own folders, no hooks of the system; the list of installed packages is only read, so that what is there isn't fetched again. */
function aptConfiguration(work: string): string {
  return `Dir::State "${join(work, 'state')}";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "${join(work, 'cache')}";
APT::Sandbox::User "root";
APT::Get::List-Cleanup "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Languages "none";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
`;
}
