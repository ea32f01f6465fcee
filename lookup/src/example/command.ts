import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.js', import.meta.url));

export interface CommandEnd {
  readonly code: number | null;
  readonly out: string;
  readonly talk: string;
}

/** Runs the command as its users do: a process of its own, in a folder, with nothing in its environment but what is given. */
export async function lookup(
  args: readonly string[],
  { folder, environment = {} }: { readonly folder: string; readonly environment?: Readonly<Record<string, string>> },
): Promise<CommandEnd> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  const [code, out, talk] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, talk };
}
