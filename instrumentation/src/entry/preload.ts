/**
 * The bundle: what `instrumentation.cjs` loads once it is decided that this process is instrumented. It stays silent at import
 * time; `start` sets everything up in the order below.
 */
import { logs } from '@opentelemetry/api';
import { handOverFormerLogsApi } from '../export/api-logs.js';
import type { Resource } from '../export/encoding.js';
import { Pipeline } from '../export/pipeline.js';
import { isCaught, watchExit } from '../leaving/exit.js';
import { createLeave } from '../leaving/leave.js';
import { watchSignals } from '../leaving/signals.js';
import { installHooks } from '../modules/hooks.js';
import { LibraryLoader } from '../modules/loading.js';
import { selectLibraries } from '../modules/selection.js';
import { createRedaction, type Redaction } from '../privacy/redaction.js';
import type { RecordWriter } from '../records/record-writer.js';
import { createServiceRecords } from '../records/service.js';
import { Environment } from '../settings/environment.js';
import { limits } from '../settings/limits.js';
import { mainScript } from '../settings/main-script.js';
import { readServiceIdentity } from '../settings/service.js';
import { type LiveSettings, type MetricSettings, readSettings } from '../settings/settings.js';
import { ignoreUnknown } from '../settings/unknown.js';
import { takeOverDiagnostics } from '../talk/diagnostics.js';
import { describe, guarded, sayOnce, setTalkLevel, talkLevels } from '../talk/stderr.js';
import { announce } from './announce.js';
import { startSdk } from './sdk.js';

const REFUSED = 'refused by the SDK';

let pipeline: Pipeline | undefined;
let recordStart: (() => void) | undefined;

export function start({ version, directory }: { version: string; directory: string }): void {
  const environment = new Environment(process.env);
  setTalkLevel(environment.choice('OTEL_LOG_LEVEL', talkLevels, 'info'));
  const settings = readSettings(environment);
  const onRefused = (name: string) => (announced ? sayRefused(environment, name) : environment.ignore(name, REFUSED));
  let announced = false;
  takeOverDiagnostics(onRefused);

  const redaction = createRedaction(environment.text('HALLMARK_HMAC_KEY'));
  pipeline = new Pipeline(settings, (scopes) => redaction.redactShared(sdk.resource(), scopes));
  const identity = readServiceIdentity(mainScript(), process.cwd());
  const sdk = startSdk({ settings, environment, pipeline, identity, redaction });
  handOverFormerLogsApi();

  const selected = selectLibraries(environment);
  const loader = new LibraryLoader(selected, settings, sdk.writer);
  loader.start(selected);
  guarded('module hooks', () => installHooks(loader, directory));

  if (settings.logsFrom.has('console')) startConsole(sdk.writer);
  if (settings.logsFrom.has('pino') && !selected.some(({ name }) => name === 'pino'))
    environment.ignore('HALLMARK_LOGS_FROM', 'pino is not among the selected instrumentations');

  const records = createServiceRecords(logs.getLogger('hallmark', version), identity.version, settings.recordsOff);
  const startedMs = Date.now();
  recordStart = () => {
    recordStart = undefined;
    records.started(startedMs);
  };
  // The first record compiles the privacy policy, and a connection loads Node's `net`: both after the service's own first lines.
  setImmediate(() => {
    if (settings.logs || settings.traces)
      guarded('connection', () => pipeline?.sockets.connectAhead(settings.endpoint));
    guarded('records', () => recordStart?.());
  });
  const onStopped = (exitCode: number) => {
    recordStart?.();
    records.stopped(exitCode);
  };
  const leave = createLeave({ pipeline, timeoutMs: settings.exitTimeoutMs, onStopped });
  const onThrown = (error: unknown) => guarded('records', () => records.thrown(error, isCaught()));
  const onRejectionHandled = (reason: unknown) => guarded('records', () => records.rejectionHandled(reason));
  watchExit({ leave, onRejectionHandled });
  watchSignals(leave);
  // What is thrown here would end a service that goes on after its own.
  process.on('uncaughtExceptionMonitor', onThrown);

  ignoreUnknown(environment);
  announce({ version, serviceName: sdk.serviceName, settings, selected, loader });
  announced = true;
  if (settings.live) startLive(settings.live);
  // After the service's first lines too: what it costs to load is theirs else.
  const { metrics } = settings;
  if (metrics)
    setImmediate(() => startMetrics(metrics, () => redaction.redactShared(sdk.resource(), []), redaction.masked));
}

function startMetrics(metrics: MetricSettings, resource: () => Resource, masked: Redaction['masked']): void {
  const { sendProcessMetrics } =
    require('../metrics/process-metrics.js') as typeof import('../metrics/process-metrics.js');
  guarded('metrics', () => sendProcessMetrics(metrics, resource, masked));
}

/** Loaded only where the console's lines are asked for. */
function startConsole(writer: RecordWriter): void {
  const { takeConsole } = require('../console/console.js') as typeof import('../console/console.js');
  guarded('console', () => takeConsole(writer));
}

/** Loaded only where something is to be watched. */
function startLive(live: LiveSettings): void {
  guarded('live', () => (require('../live/watch.js') as typeof import('../live/watch.js')).watchLive(live));
}

/** A setting that is only read once it is needed, with the first batch. */
function sayRefused({ ignored }: Environment, name: string): void {
  if (!ignored.has(name)) sayOnce('warn', `ignored ${name}`, `ignored: ${name} (${REFUSED})`);
}

/** See `flush` of instrumentation.ts. */
export async function flush(timeoutMs?: unknown): Promise<boolean> {
  if (!pipeline) return true;
  const waitMs = waitOf(timeoutMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMs);
    // The caller waits for this: until then the process must live.
    timer.ref();
  });
  try {
    recordStart?.();
    return await Promise.race([pipeline.flush(), late]);
  } catch (error) {
    sayOnce('warn', 'flush', `flush failed, the service goes on: ${describe(error)}`);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Anything may be handed over from JavaScript, also what `setTimeout` throws at or takes for 1 ms. */
function waitOf(timeoutMs: unknown): number {
  if (timeoutMs === undefined) return limits.exitTimeoutMs;
  if (typeof timeoutMs === 'number' && timeoutMs >= 0 && timeoutMs <= limits.flushMs) return timeoutMs;
  const instead = typeof timeoutMs === 'number' && timeoutMs > limits.flushMs ? limits.flushMs : limits.exitTimeoutMs;
  sayOnce('warn', 'flush', `flush(timeoutMs) takes milliseconds from 0 to ${limits.flushMs}: ${instead} are taken`);
  return instead;
}
