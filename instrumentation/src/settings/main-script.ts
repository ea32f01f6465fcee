import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

const INLINE_CODE = /^(?:-e|--eval|-p|--print|-pe|--eval=.*|--print=.*)$/;

/** The script that this process was started for, symbolic links followed; undefined for `-e`, `-p`, standard input, the REPL. */
export function mainScript(): string | undefined {
  const script = process.argv[1];
  if (script === undefined || script === '-' || process.execArgv.some((argument) => INLINE_CODE.test(argument)))
    return undefined;
  try {
    const path = realpathSync(script);
    return statSync(path).isDirectory() ? join(path, 'index.js') : path;
  } catch {
    return script;
  }
}
