import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import {
  type ReceivedRecord,
  type ReceivedSpan,
  type Receiver,
  startReceiver,
} from '../../../instrumentation/dist/testing/receiver.js';
import { type Flag, type Run, runService } from '../../../instrumentation/dist/testing/run-service.js';

const fixtures = fileURLToPath(new URL('../../fixtures/preload/', import.meta.url));
/** Long enough that nothing is lost on a machine that has much else to do. */
const exitTimeoutMs = '10000';

/** OpenTelemetry's numbers of the kinds of spans, as OTLP has them. */
export const spanKinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** What was received of one case: everything of the trace of its request. */
export interface Case {
  readonly traceId: string;
  readonly spans: readonly ReceivedSpan[];
  readonly records: readonly ReceivedRecord[];
  event(name: string): ReceivedRecord[];
  kind(kind: keyof typeof spanKinds): ReceivedSpan[];
}

export interface Cases {
  readonly names: readonly string[];
  /** What the service itself saw, by case, without the preload and with it. */
  readonly bare: ReadonlyMap<string, unknown>;
  readonly observed: ReadonlyMap<string, unknown>;
  readonly run: Run;
  readonly receiver: Receiver;
  /** Everything that left the process, as text. */
  readonly sent: string;
  of(name: string): Case;
}

/** Runs one of the fixtures until it ends. @param args its file and its arguments */
export function runFixture(
  args: readonly string[],
  flag: Flag = 'none',
  env: Readonly<Record<string, string>> = {},
  node: string = process.execPath,
): Promise<Run> {
  const [file = '', ...rest] = args;
  return runService({ args: [fixtures + file, ...rest], flag, env, node, cwd: fixtures });
}

/** Runs one of the fixtures under the preload, and returns what it did and what was received of it. */
export async function observeFixture(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  node: string = process.execPath,
): Promise<{ run: Run; receiver: Receiver }> {
  const receiver = await startReceiver();
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, HALLMARK_EXIT_TIMEOUT_MS: exitTimeoutMs };
  const run = await runFixture(args, '--require', { ...settings, ...env }, node);
  await receiver.close();
  return { run, receiver };
}

/** Runs a fixture of cases twice, bare and under the preload. */
export async function runCases(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Cases> {
  const bare = await runFixture(args);
  assert.equal(bare.code, 0, bare.stderr);
  const { run, receiver } = await observeFixture(args, env);
  assert.equal(run.code, 0, run.stderr);
  const outcomes = outcomesOf(bare);
  return {
    names: [...outcomes.keys()],
    bare: outcomes,
    observed: outcomesOf(run),
    run,
    receiver,
    sent: receiver.bodies.map(({ body }) => body.toString()).join('\n'),
    of: (name) => caseOf(receiver, name),
  };
}

/** The JSON lines that a fixture printed. */
export function linesOf({ stdout }: Run): Record<string, unknown>[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
}

function outcomesOf(run: Run): Map<string, unknown> {
  const outcomes = linesOf(run).filter((line) => 'outcome' in line);
  return new Map(outcomes.map((line) => [String(line.case), line.outcome]));
}

function caseOf({ spans, records }: Receiver, name: string): Case {
  const path = `/case/${encodeURIComponent(name)}`;
  const request = spans.find(({ kind, attributes }) => kind === spanKinds.server && attributes['url.path'] === path);
  assert.ok(request, `there is no server span of ${path}`);
  const { traceId } = request;
  const own = {
    spans: spans.filter((span) => span.traceId === traceId),
    records: records.filter((record) => record.traceId === traceId),
  };
  return {
    traceId,
    ...own,
    event: (event) => own.records.filter(({ eventName }) => eventName === event),
    kind: (kind) => own.spans.filter((span) => span.kind === spanKinds[kind]),
  };
}
