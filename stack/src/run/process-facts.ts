import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, sep } from 'node:path';

/** What the name of every run folder begins with. */
export const runFolderPrefix = 'hallmark-';

/** The variable by which every process of a run, and every process that those start, can be found again. Its value is the run folder. */
export const runVariable = 'HALLMARK_RUN';

/**
 * When the process started, in the system's own notation, or undefined when there is no such process (a zombie counts as
 * none). A process id alone may belong to somebody else by now; id and start time together don't.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') return startTimeByPs(pid);
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command name in parentheses may hold spaces: count the fields after it. State is field 3, start time field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startTimeByPs(pid: number): string | undefined {
  const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return text === '' ? undefined : text;
}

export function isAlive(pid: number, startTime: string): boolean {
  return startTimeOf(pid) === startTime;
}

/**
 * The processes of a run: those that carry its mark in the environment they were started with, or work inside its folder
 * (PostgreSQL's children overwrite their environment, but stay in the data folder). Daemons that left their process group, as
 * Erlang's do, are found too. Linux only; elsewhere the process groups have to do.
 */
export function processesOf(runFolder: string): number[] {
  // These processes are about to be ended: a path like `/` would name every process there is.
  if (!basename(runFolder).startsWith(runFolderPrefix)) throw new Error(`'${runFolder}' is not the folder of a run`);
  return allProcesses().filter(
    (pid) => pid !== process.pid && belongsTo(pid, runFolder) && startTimeOf(pid) !== undefined,
  );
}

/** The processes whose working folder is this one or below it. Linux only. */
export function processesWorkingIn(folder: string): number[] {
  return allProcesses().filter((pid) => worksInside(pid, folder) && startTimeOf(pid) !== undefined);
}

function allProcesses(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function belongsTo(pid: number, runFolder: string): boolean {
  return hasMark(pid, runFolder) || worksInside(pid, runFolder);
}

function hasMark(pid: number, runFolder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${runVariable}=${runFolder}`);
  } catch {
    return false;
  }
}

function worksInside(pid: number, runFolder: string): boolean {
  try {
    return (readlinkSync(`/proc/${pid}/cwd`) + sep).startsWith(runFolder + sep);
  } catch {
    return false;
  }
}
