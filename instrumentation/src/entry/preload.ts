/**
 * The bundle: what `instrumentation.cjs` loads once it is decided that this process is instrumented. It stays silent at import
 * time; `start` sets everything up in the order below.
 */
import { logs } from '@opentelemetry/api';
import { handOverFormerLogsApi } from '../export/api-logs.js';
import { Pipeline } from '../export/pipeline.js';
import { watchExit } from '../leaving/exit.js';
import { createLeave } from '../leaving/leave.js';
import { watchSignals } from '../leaving/signals.js';
import { installHooks } from '../modules/hooks.js';
import { LibraryLoader } from '../modules/loading.js';
import { selectLibraries } from '../modules/selection.js';
import { createServiceRecords } from '../records/service.js';
import { Environment } from '../settings/environment.js';
import { limits } from '../settings/limits.js';
import { mainScript } from '../settings/main-script.js';
import { readServiceIdentity } from '../settings/service.js';
import { readSettings } from '../settings/settings.js';
import { takeOverDiagnostics } from '../talk/diagnostics.js';
import { guarded, sayOnce, setTalkLevel, talkLevels } from '../talk/stderr.js';
import { announce } from './announce.js';
import { startSdk } from './sdk.js';

const REFUSED = 'refused by the SDK';

let pipeline: Pipeline | undefined;

export function start({ version, directory }: { version: string; directory: string }): void {
  const environment = new Environment(process.env);
  setTalkLevel(environment.choice('OTEL_LOG_LEVEL', talkLevels, 'info'));
  const settings = readSettings(environment);
  const onRefused = (name: string) => (announced ? sayRefused(environment, name) : environment.ignore(name, REFUSED));
  let announced = false;
  takeOverDiagnostics(onRefused);

  pipeline = new Pipeline(settings);
  const identity = readServiceIdentity(mainScript(), process.cwd());
  const serviceName = startSdk({ settings, environment, pipeline, identity });
  handOverFormerLogsApi();

  const selected = selectLibraries(environment);
  const loader = new LibraryLoader(selected, settings);
  loader.start(selected);
  guarded('module hooks', () => installHooks(loader, directory));

  const records = createServiceRecords(logs.getLogger('hallmark', version), identity.version, settings.recordsOff);
  const leave = createLeave({ pipeline, timeoutMs: settings.exitTimeoutMs, onStopped: records.stopped });
  watchExit(leave);
  watchSignals(leave);
  process.on('uncaughtExceptionMonitor', (error) => records.failed(error));

  if (settings.logs || settings.traces) pipeline.sockets.connectEarly(settings.endpoint);
  announce({ version, serviceName, settings, loader });
  announced = true;
  records.started();
}

/** A setting that is only read once it is needed, with the first batch. */
function sayRefused({ ignored }: Environment, name: string): void {
  if (!ignored.has(name)) sayOnce('warn', `ignored ${name}`, `ignored: ${name} (${REFUSED})`);
}

/** See `flush` of instrumentation.ts. */
export async function flush(timeoutMs: number = limits.exitTimeoutMs): Promise<boolean> {
  if (!pipeline) return true;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
    // The caller waits for this: until then the process must live.
    timer.ref();
  });
  try {
    return await Promise.race([pipeline.flush(), late]);
  } finally {
    clearTimeout(timer);
  }
}
