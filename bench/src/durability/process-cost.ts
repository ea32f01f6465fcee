import { readdir, readFile } from 'node:fs/promises';

const msPerTick = 10;

/** CPU time of a process so far, user and system. Unit: milliseconds. */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Memory of a process: its own, and with the pages of files that it has mapped (the queue's), which the system takes back when it needs them. Unit: MiB. */
export async function memoryMiB(pid: number): Promise<{ readonly own: number; readonly withFiles: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1_024;
  return { own: read('RssAnon'), withFiles: read('VmRSS') };
}

/** The process that was started with this setting in its environment. */
export async function processWith(setting: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    if (environment.split('\0').includes(setting)) return Number(name);
  }
  throw new Error(`no process was started with ${setting}`);
}
