import { createHash } from 'node:crypto';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, findCached } from '../cache/cached.js';
import { oneLine, StackError } from '../failure.js';
import { type OnProgress, withTicks } from '../progress.js';
import type { Run } from '../run/run.js';
import { runToEnd } from '../run/run-to-end.js';
import type { ProcessSpec } from '../run/supervised.js';
import { findGo } from './go.js';

/** The same version as in docker-compose.yml. */
export const collectorVersion = '0.152.0';

/** The Go module of the collector, beside the configuration that it is built for. */
export const moduleFolder = fileURLToPath(new URL('../../../collector/module/', import.meta.url));

export interface BuildOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

/** The collector's binary in the cache; built the first time, and again when the module has changed. */
export async function collectorBinary(options: BuildOptions): Promise<string> {
  const built = await builtCollector(options.env);
  if (built !== undefined) return built;
  const go = await findGo(options.env, join(moduleFolder, 'go.mod'));
  return cached(await entryName(), options, (file) => build(options, go, file));
}

/** The binary of the module as it is now, or undefined where it has not been built yet. */
export async function builtCollector(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return findCached(await entryName(), env);
}

async function entryName(): Promise<string> {
  return `otelcol-${collectorVersion}-${process.platform}-${process.arch}-${await hashOfModule()}`;
}

async function build(options: BuildOptions, go: string, file: string): Promise<void> {
  const what = `collector ${collectorVersion}`;
  options.onProgress(`${what}: not in the cache, building it (a few minutes the first time)`);
  const line = (seconds: number) => `${what}: building, ${seconds} s`;
  try {
    await withTicks(options.onProgress, line, () => runToEnd(options.run, goBuild(options.env, go, file)));
  } catch (error) {
    options.run.signal.throwIfAborted();
    throw new StackError(`${what}: ${oneLine(error)}; check the network or GOPROXY and run again`);
  }
  await chmod(file, 0o755);
}

function goBuild(env: NodeJS.ProcessEnv, go: string, file: string): ProcessSpec {
  return {
    name: 'collector-build',
    command: go,
    // Read-only: neither a flag in GOFLAGS nor a newer Go may change the checkout.
    args: ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', file, '.'],
    cwd: moduleFolder,
    // Plain Go, so that no C compiler is needed; a go.work above the checkout must not join in.
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
  };
}

/** The first 16 digits of the sha256 over names and contents of what `go build` reads. */
async function hashOfModule(): Promise<string> {
  const names = await readdir(moduleFolder).catch(() => []);
  const sources = names.filter((name) => name.endsWith('.go') || name === 'go.mod' || name === 'go.sum').sort();
  if (!sources.includes('go.mod')) {
    throw new StackError(
      `${moduleFolder} holds no go.mod: the checkout is incomplete, restore it with git checkout -- collector`,
    );
  }
  const hash = createHash('sha256');
  for (const name of sources) {
    const content = await readFile(join(moduleFolder, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
