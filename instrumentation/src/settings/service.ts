import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { limits } from './limits.js';

/** Who the service is; undefined where neither its package.json nor a variable says so. */
export interface ServiceIdentity {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/**
 * Reads name and version from the package.json nearest above the main script; without a script (`node -e`, standard input,
 * the REPL) above the working directory.
 */
export function readServiceIdentity(mainScript: string | undefined, workingDirectory: string): ServiceIdentity {
  let directory = mainScript ? dirname(resolve(workingDirectory, mainScript)) : workingDirectory;
  for (;;) {
    const found = readPackage(join(directory, 'package.json'));
    if (found) return found;
    const parent = dirname(directory);
    if (parent === directory) return { name: undefined, version: undefined };
    directory = parent;
  }
}

/** A package.json without a name (`{"type":"module"}`) does not end the search. */
function readPackage(path: string): ServiceIdentity | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown; version?: unknown };
    if (typeof name !== 'string' || name === '') return undefined;
    return {
      name: name.slice(0, limits.serviceNameChars),
      version: typeof version === 'string' ? version.slice(0, limits.serviceNameChars) : undefined,
    };
  } catch {
    return undefined;
  }
}
