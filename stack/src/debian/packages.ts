import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, findCached } from '../cache/cached.js';
import { oneLine, StackError } from '../failure.js';
import { findInPath, missing } from '../prerequisites.js';
import { type OnProgress, withTicks } from '../progress.js';
import type { Run } from '../run/run.js';
import { runToEnd } from '../run/run-to-end.js';

export interface DebianOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

/** A program that is fetched as Debian packages where the machine has none of its own. */
export interface DebianProgram {
  /** Beginning of the cache entry's name and of the names of its logs, e.g. `rabbitmq`. */
  readonly name: string;
  /** What it is called in talk. */
  readonly title: string;
  readonly packages: readonly string[];
  /** About how much is fetched. Unit: megabytes. */
  readonly megabytes: number;
  /** What else the user can do; ends the line of an error. */
  readonly howToGetIt: string;
  /** What has to be changed in the unpacked folder so that it runs from there; default: nothing. */
  readonly adapt?: (folder: string) => Promise<void>;
}

/** The release of Debian is part of the name: packages of one don't run on another. */
async function entryName(program: DebianProgram): Promise<string> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const value = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? 'unknown';
  return `${program.name}-${value('ID')}-${value('VERSION_ID')}-${process.arch}`;
}

/**
 * A program and what it needs, fetched by apt-get (which checks Debian's signatures and hashes) into folders of its own and unpacked
 * into the cache. Nothing is installed and nothing of the system's apt state is changed.
 * @returns the folder that stands for `/`
 */
export async function unpackedProgram(program: DebianProgram, options: DebianOptions): Promise<string> {
  const { title, howToGetIt } = program;
  const name = await entryName(program);
  const unpacked = await findCached(name, options.env);
  if (unpacked !== undefined) return unpacked;
  for (const command of ['apt-get', 'dpkg']) {
    if ((await findInPath(command, options.env)) !== undefined) continue;
    throw missing(title, 'none is installed, and this machine has no apt-get to fetch one with', howToGetIt);
  }
  options.onProgress(
    `${title}: not installed and not in the cache, fetching its Debian packages (${program.megabytes} MB)`,
  );
  const fetching = cached(name, options, (folder) =>
    withTicks(
      options.onProgress,
      (seconds) => `${title}: fetching and unpacking its Debian packages, ${seconds} s`,
      () => fetchAndUnpack(program, options, folder),
    ),
  );
  return fetching.catch((error) => {
    options.run.signal.throwIfAborted();
    throw new StackError(
      `${title}: fetching its Debian packages failed: ${oneLine(error)}; run again, or: ${howToGetIt}`,
    );
  });
}

async function fetchAndUnpack(program: DebianProgram, options: DebianOptions, folder: string): Promise<void> {
  const { name } = program;
  const work = join(options.run.folder, `${name}-packages`);
  const [packages, configuration] = [join(work, 'packages'), join(work, 'apt.conf')];
  for (const path of [packages, join(work, 'state', 'lists', 'partial'), join(work, 'cache', 'archives', 'partial')]) {
    await mkdir(path, { recursive: true });
  }
  await writeFile(configuration, aptConfiguration(work));
  const apt = (step: string, args: string[]) =>
    runToEnd(options.run, {
      name: `${name}-${step}`,
      command: 'apt-get',
      args: ['-c', configuration, ...args],
      cwd: packages,
      env: { ...options.env, LC_ALL: 'C' },
    });

  // A source of the user's own that can't be reached makes this fail; what counts is whether the packages are known afterwards.
  await apt('lists', ['update']).catch(() => options.run.signal.throwIfAborted());
  const plan = join(options.run.folder, 'logs', `${name}-plan.log`);
  await apt('plan', ['--simulate', '--yes', '--no-install-recommends', 'install', ...program.packages]).catch(
    async (error) => {
      throw (await unreachable(join(options.run.folder, 'logs', `${name}-lists.log`))) ?? error;
    },
  );
  // What is installed in another version (`Inst name [version] (…)`) stays what it is.
  const names = [...(await readFile(plan, 'utf8')).matchAll(/^Inst (\S+) \(/gm)].map(([, found]) => found ?? '');
  await apt('download', ['download', ...names]);
  await unpack(program, options, packages, folder);
  await rm(work, { recursive: true });
}

/** "Unable to locate package" is what follows from a source that could not be reached: the cause stands in the log before it. */
async function unreachable(listsLog: string): Promise<StackError | undefined> {
  const log = await readFile(listsLog, 'utf8').catch(() => '');
  const cause = /Failed to fetch .*/.exec(log)?.[0];
  return cause === undefined ? undefined : new StackError(`apt-get update: ${cause.trim()}`);
}

async function unpack(program: DebianProgram, options: DebianOptions, packages: string, folder: string): Promise<void> {
  await mkdir(folder);
  const files = (await readdir(packages)).filter((name) => name.endsWith('.deb'));
  if (files.length === 0) {
    throw new StackError(`${program.title}: apt-get fetched no package: ${program.howToGetIt}`);
  }
  for (const file of files) {
    const args = ['-x', join(packages, file), folder];
    await runToEnd(options.run, { name: `${program.name}-unpack`, command: 'dpkg', args, env: options.env });
  }
  await program.adapt?.(folder);
}

/** The folders of shared libraries that came along, as on a small machine; they are named by the platform. */
export async function librariesIn(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of [join(root, 'lib'), join(root, 'usr', 'lib')]) {
    const names = await readdir(folder).catch(() => []);
    found.push(...names.filter((name) => name.includes('-linux-')).map((name) => join(folder, name)));
  }
  return found;
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
