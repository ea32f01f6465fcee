import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { StackError } from '../failure.js';
import type { ProcessGroup } from './end-processes.js';

export type ReaperMessage =
  | { readonly kind: 'started'; readonly group: ProcessGroup }
  | { readonly kind: 'ended'; readonly pid: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'goodbye' };

/** The starter's end of the pipe to the reaper. */
export interface ReaperLink {
  readonly pid: number;
  tell(message: ReaperMessage): void;
  /** Sends the reaper away: nothing is left to tidy up. Resolves when it has gone. */
  goodbye(): Promise<void>;
}

/** Throws a `StackError` when it can't be started: without it nothing is started either. */
export function startReaper(runFolder: string): ReaperLink {
  const reaper = spawn(process.execPath, [fileURLToPath(new URL('./reaper.js', import.meta.url)), runFolder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    // Neither preloads nor the mark of an outer run: the reaper must not be one of those it ends.
    env: { PATH: process.env.PATH },
  });
  const { pid, stdin: pipe } = reaper;
  // A reaper that was killed must not take the starter with it; the next start sweeps what is left.
  reaper.on('error', () => undefined);
  if (pid === undefined) throw new StackError(`${process.execPath} can't be run: is it gone? Run npm ci`);
  pipe.on('error', () => undefined);
  reaper.unref();
  (pipe as unknown as { unref?: () => void }).unref?.();

  const tell = (message: ReaperMessage) => void pipe.write(`${JSON.stringify(message)}\n`);
  return {
    pid,
    tell,
    async goodbye() {
      if (reaper.exitCode !== null || reaper.signalCode !== null) return;
      const gone = once(reaper, 'exit');
      reaper.ref();
      tell({ kind: 'goodbye' });
      pipe.end();
      await gone;
    },
  };
}
