import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { cached, withTicks } from '@hallmark/stack';

/** Longest time that one installation may take. */
const installTimeoutMs = 300_000;
/** What `npm test` sets for its own folder; npm in another folder must not obey it. */
const ofThisProject = /^npm_config_(prefix|local_prefix|global|ignore_scripts|loglevel)$|^(NODE_OPTIONS|INIT_CWD)$/i;
const say = (line: string) => process.stderr.write(`hallmark: ${line}\n`);

/**
 * A folder of the project's cache that npm has installed packages into, made with the first call and then kept.
 * @param name of the folder; holds the version, because the folder never changes
 * @param prepare puts what npm reads (a package.json, a lock file) into the new folder
 * @param npmArguments e.g. `['ci']`
 */
export function npmFolder(
  name: string,
  prepare: (folder: string) => Promise<unknown>,
  npmArguments: readonly string[],
): Promise<string> {
  return cached(name, { env: process.env, onProgress: say }, async (folder) => {
    await mkdir(folder, { recursive: true });
    await prepare(folder);
    const said = (elapsedSeconds: number) => `installing ${name} from npm … ${elapsedSeconds} s`;
    say(said(0));
    await withTicks(say, said, () => runNpm([...npmArguments, '--no-audit', '--no-fund'], folder));
  });
}

async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisProject.test(name)));
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  await promisify(execFile)(command, [...first, ...args], { cwd, env, timeout: installTimeoutMs });
}
