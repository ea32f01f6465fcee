import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.js', import.meta.url));

/** The page as its users start it: the command, in a process of its own. */
export interface RunningPage {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  /** The newest link, which nobody has used yet. */
  link(): string;
  /** Every link so far. */
  readonly links: readonly string[];
  /** Ends it as Ctrl-C does; resolves to its exit code. */
  stop(): Promise<number | null>;
}

export async function startPage(environment: Readonly<Record<string, string>>): Promise<RunningPage> {
  const child = spawn(process.execPath, [main, 'page'], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const links: string[] = [];
  const first = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const link = /^LOOKUP_URL=(http:\S+)$/.exec(line)?.[1];
    if (link !== undefined) links.push(link);
    first.resolve();
  });
  child.once('exit', () => first.reject(new Error('the page ended before it was open')));
  await first.promise;
  return {
    url: new URL(links[0] ?? '').origin,
    pid: child.pid ?? 0,
    links,
    link: () => links.at(-1) ?? '',
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  return child.exitCode;
}
