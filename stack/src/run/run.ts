import { join } from 'node:path';
import { cacheFolder } from '../cache/folder.js';
import { StackError } from '../failure.js';
import { endProcesses } from './end-processes.js';
import { makeRunFolder, removeRunFolder } from './folder.js';
import { removeOwnFile, writeOwnFile } from './own-file.js';
import { type ReaperLink, startReaper } from './reaper-link.js';
import { identityOf, writeRunRecord } from './run-record.js';
import { spawnSupervised } from './spawn-supervised.js';
import type { ProcessSpec, SupervisedProcess } from './supervised.js';
import { sweepDeadRuns } from './sweep.js';

/**
 * One run: a folder for its data and the processes started in it. Both end with it, also when the starter is killed: a reaper
 * process watches the starter and does then what `close` would have done.
 */
export interface Run {
  /** Absolute path, deleted by `close`; mode 711, so what is secret belongs into files of mode 600 or folders of mode 700. */
  readonly folder: string;
  /** Where the logs of processes that failed are kept. */
  readonly keptLogs: string;
  /** Fires when the run is being closed. */
  readonly signal: AbortSignal;
  /**
   * Starts a process in a process group of its own and resolves when it is ready.
   * Throws a `StackError` when it can't be started, ends before it is ready, or isn't ready in time (it is ended then).
   */
  spawn(spec: ProcessSpec): Promise<SupervisedProcess>;
  /** The same, but in `close` its turn is decided by the caller, by `onClose`; what is forgotten is ended last. */
  launch(spec: ProcessSpec): Promise<SupervisedProcess>;
  /** Writes a file outside the folder (mode 600) that is removed at the end, unless a later run has overwritten it. */
  writeFile(path: string, content: string): Promise<void>;
  /** Registers what has to be undone by `close`; the last registered is undone first. */
  onClose(release: () => Promise<unknown>): void;
  /**
   * Makes `close` wait until the work has settled before it deletes the folder, so that the work can't make it anew. The work has to
   * heed `signal`, and must not wait for `close` itself.
   * @returns the same promise
   */
  settle<T>(work: Promise<T>): Promise<T>;
  /**
   * Ends the processes (the last started first), undoes the rest, deletes the folder. The first error is thrown after
   * everything has been tried. A second call waits for the first.
   */
  close(): Promise<void>;
}

/**
 * Opens a run; first sweeps what dead runs of this user left behind.
 * @param env names the cache folder, where the log of a process that failed is kept; default `process.env`
 */
export async function openRun(env: NodeJS.ProcessEnv = process.env): Promise<Run> {
  await sweepDeadRuns();
  const folder = await makeRunFolder();
  const reaper = await startReaperFor(folder);
  const files: string[] = [];
  const keepRecord = () =>
    writeRunRecord(folder, { starter: identityOf(process.pid), reaper: identityOf(reaper.pid), files });
  keepRecord();
  const closing = new AbortController();
  const releases: (() => Promise<unknown>)[] = [];
  const onClose = (release: () => Promise<unknown>) => void releases.push(release);
  const underWay = new Set<Promise<unknown>>();
  const settle = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    const settled = () => void underWay.delete(work);
    work.then(settled, settled);
    return work;
  };
  const closeAll = async () => {
    try {
      await releaseAll(releases);
    } finally {
      // What is under way may wait for a process that is only ended here, and may have registered more by its end.
      await endProcesses(folder, []);
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await releaseAll(releases).finally(async () => {
        await endProcesses(folder, []);
        await removeRunFolder(folder);
        await reaper.goodbye();
      });
    }
  };
  let closed: Promise<void> | undefined;

  const keptLogs = join(cacheFolder(env), 'logs');
  const launch = (spec: ProcessSpec) =>
    spawnSupervised({ runFolder: folder, keptLogs, reaper, signal: closing.signal }, spec);

  return {
    folder,
    keptLogs,
    signal: closing.signal,
    onClose,
    settle,
    launch,
    async spawn(spec) {
      const started = await launch(spec);
      onClose(() => started.stop());
      return started;
    },
    async writeFile(path, content) {
      files.push(path);
      keepRecord();
      reaper.tell({ kind: 'file', path });
      onClose(() => removeOwnFile(path, folder));
      await writeOwnFile(path, folder, content);
    },
    close() {
      closing.abort(new StackError('the run is being closed'));
      closed ??= closeAll();
      return closed;
    },
  };
}

async function startReaperFor(folder: string): Promise<ReaperLink> {
  try {
    return startReaper(folder);
  } catch (error) {
    await removeRunFolder(folder);
    throw error;
  }
}

async function releaseAll(releases: (() => Promise<unknown>)[]): Promise<void> {
  let firstError: unknown;
  for (let release = releases.pop(); release !== undefined; release = releases.pop()) {
    try {
      await release();
    } catch (error) {
      firstError ??= error;
    }
  }
  if (firstError !== undefined) throw firstError;
}
