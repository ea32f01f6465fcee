import { createHash } from 'node:crypto';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, findCached } from '../cache/cached.js';
import { oneLine, StackError } from '../failure.js';
import { type OnProgress, withTicks } from '../progress.js';
import type { Run } from '../run/run.js';
import { runToEnd } from '../run/run-to-end.js';
import type { ProcessSpec } from '../run/supervised.js';
import { findGo } from './find.js';

/** A program that is built from a Go module of this checkout, whose go.sum says what everything it fetches must be. */
export interface GoProgram {
  /** Of its entry in the cache, version included, e.g. `otelcol-0.152.0`. */
  readonly name: string;
  /** What it is called in talk. */
  readonly title: string;
  /** Of the module: the folder with go.mod. */
  readonly folder: string;
  /** The package to build: `.` or an import path. */
  readonly package: string;
}

export interface BuildOptions {
  readonly run: Run;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
}

/** The program's binary in the cache; built the first time, and again when its module has changed. */
export async function goBinary(program: GoProgram, options: BuildOptions): Promise<string> {
  const built = await builtGoBinary(program, options.env);
  if (built !== undefined) return built;
  const go = await findGo(options.env, join(program.folder, 'go.mod'));
  return cached(await entryName(program), options, (file) => build(program, options, go, file));
}

/** The binary of the module as it is now, or undefined where it has not been built yet. */
export async function builtGoBinary(program: GoProgram, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return findCached(await entryName(program), env);
}

async function entryName({ name, folder }: GoProgram): Promise<string> {
  return `${name}-${process.platform}-${process.arch}-${await hashOfModule(folder)}`;
}

async function build({ title, ...program }: GoProgram, options: BuildOptions, go: string, file: string): Promise<void> {
  options.onProgress(`${title}: not in the cache, building it (a few minutes the first time)`);
  const line = (seconds: number) => `${title}: building, ${seconds} s`;
  const spec: ProcessSpec = {
    name: `${program.name}-build`,
    command: go,
    // Read-only: neither a flag in GOFLAGS nor a newer Go may change the checkout.
    args: ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', file, program.package],
    cwd: program.folder,
    // Plain Go, so that no C compiler is needed; a go.work above the checkout must not join in.
    env: { ...options.env, CGO_ENABLED: '0', GOWORK: 'off' },
  };
  try {
    await withTicks(options.onProgress, line, () => runToEnd(options.run, spec));
  } catch (error) {
    options.run.signal.throwIfAborted();
    throw new StackError(`${title}: ${oneLine(error)}; check the network or GOPROXY and run again`);
  }
  await chmod(file, 0o755);
}

/** The first 16 digits of the sha256 over names and contents of what `go build` reads. */
async function hashOfModule(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const sources = names.filter((name) => name.endsWith('.go') || name === 'go.mod' || name === 'go.sum').sort();
  if (!sources.includes('go.mod')) {
    throw new StackError(`${folder} holds no go.mod: the checkout is incomplete, restore it with git checkout`);
  }
  const hash = createHash('sha256');
  for (const name of sources) {
    const content = await readFile(join(folder, name));
    hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
