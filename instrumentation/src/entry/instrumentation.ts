/**
 * What `--require instrumentation` loads: decides whether this process may be instrumented at all, turns the compile cache
 * on and only then reads the bundle, which therefore comes out of the cache. Built for old Node too (see build.mjs), since
 * an unsupported one must get a line and not a SyntaxError.
 */

interface Preload {
  start(options: { version: string; directory: string }): void;
  flush(timeoutMs?: number): Promise<boolean>;
}

const RUNNING = Symbol.for('hallmark.instrumentation');
const FOREIGN_SDK = Symbol.for('opentelemetry.js.api.1');

/** Versions whose API the bundle needs: `module.registerHooks` (22.15) and its return in 24.0. */
function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 15);
}

function say(line: string): void {
  const level = String(process.env.OTEL_LOG_LEVEL || '').toLowerCase();
  if (level === 'none' || level === 'error') return;
  try {
    process.stderr.write(`hallmark: ${line}\n`);
  } catch (_error) {
    // A closed standard error is no reason to disturb the service.
  }
}

function isDisabled(): boolean {
  return String(process.env.OTEL_SDK_DISABLED || '').toLowerCase() === 'true';
}

function reasonToStandDown(): string | undefined {
  if (!isSupportedNode(process.versions.node)) {
    return `Node ${process.versions.node} is not supported (22.15 or later, 24 or later): the service runs uninstrumented`;
  }
  const globals = globalThis as unknown as Record<symbol, Record<string, unknown> | undefined>;
  const foreign = globals[FOREIGN_SDK];
  if (foreign?.trace || foreign?.logs) {
    return 'another OpenTelemetry SDK is already running in this process: it stays, this one stands down';
  }
  return undefined;
}

function enableCompileCache(): void {
  // Coverage of functions that come out of the cache is less exact.
  if (process.env.NODE_V8_COVERAGE) return;
  try {
    // Node makes the folder's parents, and tries for ever where the system says that there is no such place (/proc).
    const { TMPDIR, TMP, TEMP, NODE_COMPILE_CACHE } = process.env;
    const parent = TMPDIR || TMP || TEMP || '/tmp';
    const { existsSync } = require('node:fs') as { existsSync: (path: string) => boolean };
    if (!NODE_COMPILE_CACHE && !existsSync(parent)) return;
    const nodeModule = require('node:module') as { enableCompileCache?: () => void };
    nodeModule.enableCompileCache?.();
  } catch (_error) {
    // A folder that can't be written costs milliseconds, never the service.
  }
}

/** Node marks what a worker thread may not do. Asking `node:worker_threads` instead costs 4 ms at each start. */
function isMainThread(): boolean {
  return !(process.chdir as { disabled?: boolean }).disabled;
}

function startOnce(): Preload | undefined {
  const globals = globalThis as unknown as Record<symbol, Preload | undefined>;
  const running = globals[RUNNING];
  if (running) return running;
  if (isDisabled() || !isMainThread()) return undefined;
  const reason = reasonToStandDown();
  if (reason) {
    say(reason);
    return undefined;
  }
  enableCompileCache();
  const preload = require('./preload.cjs') as Preload;
  Object.defineProperty(globals, RUNNING, { value: preload });
  preload.start({ version: HALLMARK_VERSION, directory: __dirname });
  return preload;
}

let running: Preload | undefined;
try {
  running = startOnce();
} catch (error) {
  say(`could not start, the service runs uninstrumented: ${error instanceof Error ? error.message : String(error)}`);
}

/**
 * Sends what has been recorded so far.
 *
 * @param timeoutMs longest wait in milliseconds, 0 to 60000, default 500; what is more counts as 60000, and anything else as
 * the default
 * @returns true when everything was taken by the collector in that time; never rejects
 */
export function flush(timeoutMs?: number): Promise<boolean> {
  return running ? running.flush(timeoutMs) : Promise.resolve(true);
}
