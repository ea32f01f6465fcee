import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached, type OnProgress } from '@hallmark/stack';
import type { Variant } from './variants.js';

const run = promisify(execFile);
const installTimeoutMs = 300_000;

/**
 * The folder that holds the variant's packages: installed into the project's cache once for each set of versions. Empty for a
 * variant that needs none. Throws when npm can't install them, with npm's own last words.
 */
export async function peerFolder(variant: Variant, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
  if (Object.keys(variant.packages).length === 0) return '';
  const manifest = JSON.stringify({ private: true, dependencies: variant.packages });
  const name = `bench-${variant.id}-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`;
  return cached(name, { env: process.env, onProgress }, async (folder) => {
    onProgress(`installing ${variant.title} into the cache`);
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), manifest);
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', args, { cwd: folder, signal, timeout: installTimeoutMs }).catch((error: Error) => {
      signal.throwIfAborted();
      throw new Error(`${variant.title} can't be installed: ${error.message.trim().split('\n').slice(-3).join(' ')}`);
    });
  });
}
