import { failedStep, howItEnded } from './failed-start.js';
import type { Run } from './run.js';
import type { ProcessSpec } from './supervised.js';

/** Runs a program of the run to its end. Throws a `StackError` with the cause from its output when it fails. */
export async function runToEnd(run: Run, spec: Omit<ProcessSpec, 'ready' | 'readyTimeoutMs'>): Promise<void> {
  const started = await run.launch(spec);
  const end = await started.ended;
  run.signal.throwIfAborted();
  if (end.code === 0) return;
  throw await failedStep(spec.name, started.logFile, `failed (${howItEnded(end)})`, run.keptLogs);
}
