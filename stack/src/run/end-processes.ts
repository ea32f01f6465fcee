import { waitUntil } from '../wait.js';
import { isAlive, processesOf } from './process-facts.js';

/** A process group that was started, by the id of its leader. */
export interface ProcessGroup {
  readonly pid: number;
  readonly startTime: string;
  /** The signal that ends it in order. */
  readonly stopSignal: NodeJS.Signals;
}

/** How long processes may take to end in order before they are killed. Unit: milliseconds. */
const orderlyEndMs = 3_000;
/** How long the system may take to remove a killed process. Unit: milliseconds. */
const killedEndMs = 5_000;

/** Ends the groups and everything else that belongs to the run folder, in order if possible, then by force. */
export async function endProcesses(runFolder: string, groups: readonly ProcessGroup[]): Promise<void> {
  const ledAlready = new Set(groups.map((group) => group.pid));
  const left = () => processesOf(runFolder);
  const someAlive = () => left().length > 0 || groups.some((group) => isAlive(group.pid, group.startTime));
  if (!someAlive()) return;

  for (const group of groups) signalGroup(group, group.stopSignal);
  for (const pid of left()) if (!ledAlready.has(pid)) signalProcess(pid, 'SIGTERM');
  if (await waitUntil(() => !someAlive(), { timeoutMs: orderlyEndMs })) return;

  await waitUntil(
    () => {
      // Repeated: a process that was just being born isn't in the first list.
      for (const group of groups) signalGroup(group, 'SIGKILL');
      for (const pid of left()) signalProcess(pid, 'SIGKILL');
      return !someAlive();
    },
    { timeoutMs: killedEndMs },
  );
}

/** Signals the whole group, if it is still the one that was started. */
export function signalGroup(group: Pick<ProcessGroup, 'pid' | 'startTime'>, name: NodeJS.Signals): void {
  if (isAlive(group.pid, group.startTime)) signalProcess(-group.pid, name);
}

/** Signals a process, or with a negative number a group. Harmless when it has ended. */
export function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in the meantime.
  }
}
