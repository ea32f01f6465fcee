import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where everything that is downloaded or built is kept: `HALLMARK_CACHE`, else `$XDG_CACHE_HOME/hallmark`, else
 * `~/.cache/hallmark`. Absolute path; may not exist yet.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.HALLMARK_CACHE) return resolve(env.HALLMARK_CACHE);
  if (env.XDG_CACHE_HOME) return resolve(env.XDG_CACHE_HOME, 'hallmark');
  return join(env.HOME ?? homedir(), '.cache', 'hallmark');
}
