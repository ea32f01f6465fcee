/** What to start, and how to tell that it is ready. */
export interface ProcessSpec {
  /** Short name for messages and the log file, e.g. `shop-api`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process; default: that of the starter. The mark of the run is added. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default: the run folder. */
  readonly cwd?: string;
  /** Runs the process as another user; only root may. */
  readonly uid?: number;
  readonly gid?: number;
  /** Called for every line the process prints. Without it, the output goes straight into `logFile`. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Where the output is kept; default `<run folder>/logs/<name>.log`. Appended to, so that a restart keeps the past. */
  readonly logFile?: string;
  /** Asked every 100 ms until true; an exception counts as "not yet". Default: ready as soon as it has started. */
  readonly ready?: () => Promise<boolean> | boolean;
  /** Unit: milliseconds; default 60,000. */
  readonly readyTimeoutMs?: number;
  /** The signal that ends it in order; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** After this the whole process group is killed. Unit: milliseconds; default 10,000. */
  readonly stopTimeoutMs?: number;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running process that ends with its run, whatever happens to the starter. */
export interface SupervisedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly running: boolean;
  /** Resolves when the process has ended, for whatever reason; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Ends it in order, by force after `stopTimeoutMs`. Resolves when the process is gone; a second call is harmless. */
  stop(): Promise<ProcessEnd>;
  /** Signals the whole process group at once, for fault tests; waits for the end only after SIGKILL. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}
