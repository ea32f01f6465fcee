import { type Part, type PartName, partTitles } from './part.js';
import { howItEnded, keepLog } from './run/failed-start.js';
import type { Run } from './run/run.js';
import type { SupervisedProcess } from './run/supervised.js';

/** Signals that are sent for a fault test and end nothing. */
const pausing: ReadonlySet<NodeJS.Signals> = new Set(['SIGSTOP', 'SIGCONT']);

/** A part made of processes that are started in the given order; the last is the part itself, those before are what it needs. */
export function processPart(run: Run, name: PartName, launch: () => Promise<SupervisedProcess[]>): Part {
  let processes: SupervisedProcess[] = [];
  const main = () => processes.at(-1);
  const isRunning = () => main()?.running ?? false;
  const asked = new WeakSet<SupervisedProcess>();
  const stop = async () => {
    for (const process of processes.toReversed()) {
      asked.add(process);
      await process.stop();
    }
  };
  const untold: string[] = [];
  let tell: (line: string) => unknown = (line) => untold.push(line);
  const watchProcess = async (process: SupervisedProcess, who: string) => {
    const end = await process.ended;
    if (asked.has(process) || run.signal.aborted) return;
    // The run folder may be deleted before anybody has read it there.
    const log = await keepLog(process.name, process.logFile, run.keptLogs);
    tell(`${who} ended by itself (${howItEnded(end)}); its log: ${log}`);
  };
  run.onClose(stop);

  return {
    name,
    get running() {
      return isRunning();
    },
    get pid() {
      return isRunning() ? main()?.pid : undefined;
    },
    async start() {
      if (isRunning()) return;
      // What is left of a part whose main process was killed must go before it is started again.
      await stop();
      processes = await launch();
      for (const process of processes) {
        const isMain = process === main();
        void watchProcess(process, isMain ? partTitles[name] : `${process.name}, which ${partTitles[name]} needs,`);
      }
    },
    stop,
    async kill(signal = 'SIGKILL') {
      if (!pausing.has(signal)) for (const process of processes) asked.add(process);
      await Promise.all(processes.map((process) => process.kill(signal)));
    },
    watch(onEnd) {
      tell = onEnd;
      for (const line of untold.splice(0)) onEnd(line);
    },
  };
}
