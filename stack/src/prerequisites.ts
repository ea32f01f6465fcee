import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StackError } from './failure.js';

const run = promisify(execFile);

/** The first file of that name in PATH that may be executed. */
export async function findInPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Runs a program for what it says about its version; both of its outputs, or undefined when it can't be run. */
export async function versionText(
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, args, { cwd: '/', ...options });
    return `${stdout}${stderr}`;
  } catch {
    return undefined;
  }
}

/** The line for a prerequisite that is missing or too old. */
export function missing(what: string, found: string, howToGetIt: string): StackError {
  return new StackError(`${what} is needed, ${found}: ${howToGetIt}`);
}
