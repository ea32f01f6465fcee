import type { CollectorEnvironment } from './collector/start.js';
import { StackError } from './failure.js';
import { type Part, type PartName, partNames } from './part.js';
import { choosePorts } from './ports.js';
import type { OnProgress } from './progress.js';
import { openRun, type Run } from './run/run.js';
import { startParts } from './start-parts.js';
import { readProtection } from './tls/settings.js';

export interface StackOptions {
  /** Talk for the person who waits, line by line; default: none. */
  readonly onProgress?: OnProgress;
  /** Takes one line about a part that ended by itself, not by `stop` or `kill`; default: `onProgress`. The rest of the stack goes on. */
  readonly onPartEnd?: OnProgress;
  /** Which parts to start; default: all. The collector needs Elasticsearch beside it. */
  readonly parts?: readonly PartName[];
  /** Where settings are read from; default: `process.env`. `node stack/dist/main.js --help` lists them. */
  readonly env?: NodeJS.ProcessEnv;
  /** Kept up with `NAME=value` lines while the stack runs (mode 600), e.g. `.hallmark/stack.env`; default: none. */
  readonly envFile?: string;
  /**
   * For fault tests: asked before each start of the collector, it may change the environment of the collector and of the relay behind
   * it, e.g. put a proxy in `ELASTICSEARCH_URL` or a small disk in `QUEUE_DIR`.
   */
  readonly collectorEnvironment?: CollectorEnvironment;
  /**
   * Services beside the parts that the collector asks whether they answer, `http://127.0.0.1:3000/health#shop-api`: a URL, and the name
   * of the service after `#`. Default: `HALLMARK_CHECKS` of `env`, separated by commas.
   */
  readonly checks?: readonly string[];
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
}

/** A stack that runs. */
export interface Stack {
  /**
   * Where the parts are: `OTEL_EXPORTER_OTLP_ENDPOINT`, `COLLECTOR_STATUS_URL`, `ELASTICSEARCH_URL` (administrator), `LOOKUP_ELASTICSEARCH_URL` (Support_Logs),
   * `LOOKUP_JOURNAL_URL` (where the look-up writes who looked),
   * `DATABASE_URL`, `AMQP_URL`, and S3's `AWS_ENDPOINT_URL_S3`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`;
   * those of the parts that were started. With HALLMARK_OTLP_HOST also `COLLECTOR_BEYOND_URL`, `COLLECTOR_CA_FILE`,
   * `COLLECTOR_TOKEN`; with HALLMARK_TLS=on `NODE_EXTRA_CA_CERTS`.
   */
  readonly env: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<PartName, Part>>;
  /** The run that the parts belong to: `stack.run.spawn(…)` starts more processes that end with it. */
  readonly run: Run;
  /** Ends what was spawned in the run, then the collector, RabbitMQ, PostgreSQL, S3, Elasticsearch; deletes their data. */
  stop(): Promise<void>;
}

/**
 * Starts the real parts on loopback with random passwords and resolves when each is healthy and the index templates are in place.
 * Ends what it has started before it throws. Throws a `StackError`, whose message is one line, for what the user can put right: a
 * missing prerequisite, a port in use, a download that failed.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const env = options.env ?? process.env;
  const onProgress = options.onProgress ?? (() => undefined);
  const wanted = new Set(options.parts ?? partNames);
  const checks = options.checks ?? checksFrom(env.HALLMARK_CHECKS);
  options.signal?.throwIfAborted();
  // Before anything is made: a wrong setting leaves nothing to tidy up.
  const ports = await choosePorts(
    env,
    checks.map((url) => Number(URL.parse(url)?.port)),
  );
  readProtection(env);
  const run = await openRun(env);
  const onAbort = () => void run.close().catch(() => undefined);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    options.signal?.throwIfAborted();
    onProgress(`logs and data: ${run.folder}`);
    const started = await startParts(
      { run, env, onProgress, ports, collectorEnvironment: options.collectorEnvironment, checks },
      wanted,
    );
    const addresses = Object.assign({}, ...started.map((each) => each.env)) as Record<string, string>;
    if (options.envFile !== undefined) await run.writeFile(options.envFile, environmentLines(addresses));
    const parts = started.map(({ part }) => part);
    run.onClose(() => stopInOrder(parts));
    for (const part of parts) part.watch(options.onPartEnd ?? onProgress);
    return { env: addresses, parts: byName(parts), run, stop: () => run.close() };
  } catch (error) {
    await run.close().catch(() => undefined);
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function checksFrom(variable: string | undefined): string[] {
  return (variable ?? '').split(',').flatMap((text) => {
    const check = text.trim();
    if (check === '') return [];
    if (URL.canParse(check) && /^https?:.*#[\w.-]+(?:;tcp)?$/.test(check)) return [check];
    throw new StackError(
      `HALLMARK_CHECKS: '${check}' is no check: expected URLs with a name after #, http://127.0.0.1:3000/health#shop-api`,
    );
  });
}

/** `NAME=value` lines that a shell can read: no value holds anything that would need quotes. */
export function environmentLines(addresses: Readonly<Record<string, string>>): string {
  return Object.entries(addresses)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The collector first: as long as Elasticsearch is there, it can store what it holds. */
async function stopInOrder(parts: readonly Part[]): Promise<void> {
  const ours = parts.filter((part) => part.running && part.pid !== undefined);
  await Promise.all(ours.filter(({ name }) => name === 'collector').map((part) => part.stop()));
  await Promise.all(ours.filter(({ name }) => name !== 'collector').map((part) => part.stop()));
}

function byName(parts: readonly Part[]): Record<PartName, Part> {
  const started = new Map(parts.map((part) => [part.name, part]));
  const get = (name: PartName) => {
    const part = started.get(name);
    if (part === undefined) throw new StackError(`the part '${name}' was not started: name it in 'parts'`);
    return part;
  };
  return {
    get elasticsearch() {
      return get('elasticsearch');
    },
    get collector() {
      return get('collector');
    },
    get postgresql() {
      return get('postgresql');
    },
    get rabbitmq() {
      return get('rabbitmq');
    },
    get s3() {
      return get('s3');
    },
  };
}
