import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { oneLine, StackError } from '../failure.js';
import { waitUntil } from '../wait.js';
import { type ProcessGroup, signalGroup, signalProcess } from './end-processes.js';
import { failedStep, howItEnded } from './failed-start.js';
import { runVariable, startTimeOf } from './process-facts.js';
import type { ReaperLink } from './reaper-link.js';
import type { ProcessEnd, ProcessSpec, SupervisedProcess } from './supervised.js';

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

export interface SpawnPlace {
  readonly runFolder: string;
  /** Where the log of a process that fails is copied to. */
  readonly keptLogs: string;
  readonly reaper: ReaperLink;
  readonly signal: AbortSignal;
}

/** Starts a process in a group of its own, tells the reaper of it, and waits until it is ready. */
export async function spawnSupervised(place: SpawnPlace, spec: ProcessSpec): Promise<SupervisedProcess> {
  place.signal.throwIfAborted();
  const logFile = spec.logFile ?? join(place.runFolder, 'logs', `${spec.name}.log`);
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const child = spawnIntoLog(place, spec, logFile);
  const ended = endOf(child);
  const pid = await pidOf(child, spec);
  const group: ProcessGroup = { pid, startTime: startTimeOf(pid) ?? '', stopSignal: spec.stopSignal ?? 'SIGTERM' };
  place.reaper.tell({ kind: 'started', group });
  void ended.then(() => place.reaper.tell({ kind: 'ended', pid }));

  const supervised = supervise(child, group, spec, logFile, ended);
  try {
    await waitUntilReady(supervised, spec, place);
  } catch (error) {
    await supervised.kill('SIGKILL');
    throw error;
  }
  return supervised;
}

function spawnIntoLog(place: SpawnPlace, spec: ProcessSpec, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const output = spec.onLine === undefined ? log : 'pipe';
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd ?? place.runFolder,
    env: { ...(spec.env ?? process.env), [runVariable]: place.runFolder },
    detached: true,
    stdio: ['ignore', output, output],
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
  closeSync(log);
  if (spec.onLine !== undefined) passLines(child, spec.onLine, logFile);
  return child;
}

function passLines(child: ChildProcess, onLine: NonNullable<ProcessSpec['onLine']>, logFile: string): void {
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  // The folder may be gone before the last line of a process that was killed.
  log.on('error', () => undefined);
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input === null) continue;
    createInterface({ input }).on('line', (line) => {
      log.write(`${line}\n`);
      onLine(line, stream);
    });
  }
  child.once('close', () => log.end());
}

async function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

async function pidOf(child: ChildProcess, spec: ProcessSpec): Promise<number> {
  if (child.pid !== undefined) return child.pid;
  const [error] = (await once(child, 'error').catch((thrown) => [thrown])) as [unknown];
  throw new StackError(`${spec.name} could not be started: ${spec.command}: ${oneLine(error)}`);
}

function supervise(
  child: ChildProcess,
  group: ProcessGroup,
  spec: ProcessSpec,
  logFile: string,
  ended: Promise<ProcessEnd>,
): SupervisedProcess {
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    name: spec.name,
    pid: group.pid,
    logFile,
    ended,
    get running() {
      return isRunning();
    },
    async stop() {
      if (isRunning()) signalProcess(group.pid, group.stopSignal);
      const force = setTimeout(() => signalGroup(group, 'SIGKILL'), spec.stopTimeoutMs ?? stopTimeoutMs);
      try {
        return await ended;
      } finally {
        clearTimeout(force);
      }
    },
    async kill(signal = 'SIGKILL') {
      signalGroup(group, signal);
      if (signal === 'SIGKILL') await ended;
    },
  };
}

async function waitUntilReady(started: SupervisedProcess, spec: ProcessSpec, place: SpawnPlace): Promise<void> {
  if (spec.ready === undefined) return;
  const timeoutMs = spec.readyTimeoutMs ?? readyTimeoutMs;
  const isReady = spec.ready;
  const settled = await waitUntil(async () => !started.running || (await isReady()), {
    timeoutMs,
    signal: place.signal,
  });
  if (!started.running) {
    const how = howItEnded(await started.ended);
    throw await failedStep(spec.name, started.logFile, `ended before it was ready (${how})`, place.keptLogs);
  }
  if (!settled) {
    throw await failedStep(
      spec.name,
      started.logFile,
      `was not ready after ${Math.round(timeoutMs / 1_000)} s`,
      place.keptLogs,
    );
  }
}
