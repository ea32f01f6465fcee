import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '../wait.js';

const starter = fileURLToPath(new URL('./starter.js', import.meta.url));

/** How long a starter may take on a machine that does much else. Unit: milliseconds. */
const upMs = 240_000;

export interface LaunchedStarter {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the starter as a process of its own and resolves when its parts are up. */
export async function launchStarter(parts: readonly string[], envFile?: string): Promise<LaunchedStarter> {
  return untilUp(spawnStarter(parts, envFile));
}

export function spawnStarter(parts: readonly string[], envFile?: string): ChildProcess {
  const args = [starter, parts.join(','), ...(envFile === undefined ? [] : [envFile])];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, AMQP_URL: '' } });
}

/** The same below a shell that waits for it, as npm does. */
export async function launchStarterBelowShell(parts: readonly string[]): Promise<LaunchedStarter> {
  const script = '"$0" "$1" "$2" & wait';
  return untilUp(
    spawn('sh', ['-c', script, process.execPath, starter, parts.join(',')], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

async function untilUp(child: ChildProcess): Promise<LaunchedStarter> {
  if (child.stdout === null) throw new Error('the starter has no output');
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let failed = false;
  child.once('error', () => {
    failed = true;
  });
  const isUp = () => printed.includes('\n');
  const hasEnded = () => failed || child.exitCode !== null || child.signalCode !== null;
  await waitUntil(() => isUp() || hasEnded(), { timeoutMs: upMs });
  if (!isUp()) {
    child.kill('SIGTERM');
    throw new Error(`the starter did not come up (exit code ${child.exitCode})`);
  }
  return { child, ...(JSON.parse(printed) as { folder: string; env: Record<string, string> }) };
}
