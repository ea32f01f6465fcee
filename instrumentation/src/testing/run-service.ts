import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const room = fileURLToPath(new URL('../../', import.meta.url));
export const preload = `${room}dist/instrumentation.cjs`;

/** How the preload comes into a process. */
export type Flag = '--require' | '--import' | 'NODE_OPTIONS' | 'none';

export interface RunOptions {
  /** A file of `fixtures/` and its arguments, or other arguments of node after a `--`. */
  readonly args: readonly string[];
  readonly flag?: Flag;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
  /** The binary that runs it; default: the Node that runs the tests. */
  readonly node?: string;
  /** Called with each chunk of standard output, to act while the service runs. */
  readonly onOutput?: (chunk: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called with each chunk of standard error. */
  readonly onTalk?: (chunk: string) => void;
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the line `leaving` on standard output to the end of the process. */
  readonly leaveMs: number;
}

/** Variables of the machine that would change what a test sees. */
function cleanEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL|HALLMARK|NODE_OPTIONS)/.test(name)),
  );
}

function flagArguments(flag: Flag): { args: string[]; env: Record<string, string> } {
  if (flag === 'none') return { args: [], env: {} };
  if (flag === 'NODE_OPTIONS') return { args: [], env: { NODE_OPTIONS: `--require ${preload}` } };
  return { args: [flag, preload], env: {} };
}

/** What a busy machine may take for a run of less than a second. */
const LONGEST_RUN_MS = 60_000;

/** Runs node until it ends; one that does not is killed, and its standard error says so. */
export async function runService({
  args,
  flag = '--require',
  env = {},
  stdin,
  cwd,
  node = process.execPath,
  onOutput,
  onTalk,
}: RunOptions): Promise<Run> {
  const [file = '', ...rest] = args;
  const own = flagArguments(flag);
  const target = file.startsWith('-') || file.startsWith('/') ? args : [`${room}fixtures/${file}`, ...rest];
  const child = spawn(node, [...own.args, ...target], {
    env: { ...cleanEnvironment(), OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...own.env, ...env },
    cwd: cwd ?? `${room}fixtures`,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let leftAt = 0;
  const overdue = setTimeout(() => {
    stderr += `\nkilled by the test after ${LONGEST_RUN_MS} ms`;
    child.kill('SIGKILL');
  }, LONGEST_RUN_MS);
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
    if (leftAt === 0 && stdout.includes('leaving')) leftAt = performance.now();
    onOutput?.(String(chunk), (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
    onTalk?.(String(chunk));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const exitedAt = exited.then(() => performance.now());
  await once(child, 'close');
  clearTimeout(overdue);
  const [code, signal] = await exited;
  return { code, signal, stdout, stderr, leaveMs: leftAt === 0 ? 0 : (await exitedAt) - leftAt };
}

/** Runs jobs four at a time, in order of their start. */
export async function fourAtATime<T, R>(items: readonly T[], job: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await job(next[1]);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return results;
}
