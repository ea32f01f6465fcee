import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from '../wait.js';

export interface Command {
  readonly child: ChildProcess;
  /** What it has said on standard error so far. */
  said(): string;
  /** Waits for a text on standard error. */
  says(text: string): Promise<void>;
  /** The folder of its run, which it says in the beginning. */
  runFolder(): string;
  /** Its exit code or signal. */
  readonly end: Promise<number | NodeJS.Signals>;
}

/** How long a command may take to say what is waited for. Unit: milliseconds. */
const patienceMs = 240_000;

/** Runs a Node program in a process group of its own, as a shell does. */
export function runCommand(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Command {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], env, detached: true });
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  let hasEnded = false;
  const end = once(child, 'close').then(([code, signal]) => {
    hasEnded = true;
    return (code ?? signal) as number | NodeJS.Signals;
  });
  return {
    child,
    end,
    said: () => printed,
    runFolder: () => /^logs and data: (.*)$/m.exec(printed)?.[1] ?? '',
    async says(text) {
      await waitUntil(() => hasEnded || printed.includes(text), { timeoutMs: patienceMs });
      if (!printed.includes(text)) throw new Error(`'${text}' was not said, but: ${printed}`);
    },
  };
}
