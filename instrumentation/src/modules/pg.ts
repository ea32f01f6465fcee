import { type Context, context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { guarded } from '../talk/stderr.js';
import { type Connecting, FailedConnections, placeOf } from './pg-connect.js';

type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** What pg's client takes in place of a text: `Query`, pg-cursor's `Cursor`, pg-query-stream's `QueryStream`. */
type Submittable = Record<string, unknown> & { submit: Handler };

interface Client {
  readonly database?: string;
  readonly connectionParameters: { readonly host: string; readonly port: number };
}
interface ClientClass {
  readonly prototype: { query: (this: Client, ...args: unknown[]) => unknown };
}
/** Of the package or of its file, each as CommonJS or as an ES module. */
type PgExports = { readonly default?: unknown; readonly Client?: ClientClass } & object;

/** What the client calls on a submittable as the server's answers come in; the last two end it. */
const HANDLERS = [
  'handleRowDescription',
  'handleDataRow',
  'handlePortalSuspended',
  'handleCommandComplete',
  'handleEmptyQuery',
  'handleReadyForQuery',
  'handleError',
];
const FOLLOWED = Symbol('hallmark.query-objects');

/**
 * Upstream's pg instrumentation with spans of our own for connections, and for query objects, cursors and streams: upstream
 * starts one for them and never ends it, and their events come in whatever context opened the connection.
 */
export class PgWithQueryObjects extends PgInstrumentation {
  protected override init(): InstrumentationNodeModuleDefinition[] {
    const definitions = super.init();
    const failed = new FailedConnections(() => this.tracer);
    for (const definition of definitions) {
      for (const patchable of [definition, ...definition.files]) {
        const { patch } = patchable;
        patchable.patch = (exports: PgExports, version?: string) => {
          const isPool = definition.name === 'pg-pool';
          if (!isPool) guarded('pg', () => followQueryObjects(clientOf(exports), () => this.tracer));
          const patched = patch?.(exports, version) ?? exports;
          guarded('pg', () => followConnect(failed, patched, isPool));
          return patched;
        };
      }
    }
    return definitions;
  }
}

function followConnect(failed: FailedConnections, exports: PgExports, isPool: boolean): void {
  const connecting = isPool ? insideOf(exports) : clientOf(exports);
  if (typeof connecting === 'function')
    failed.follow(connecting as unknown as Connecting, isPool ? 'pg-pool.connect' : 'pg.connect');
}

/** What a CommonJS module exports, where it came in by `import`. */
function insideOf(exports: PgExports): unknown {
  return Object.hasOwn(exports, 'default') ? exports.default : exports;
}

function clientOf(exports: PgExports): ClientClass | undefined {
  const inner = insideOf(exports) as { Client?: ClientClass };
  return typeof inner === 'function' ? (inner as ClientClass) : inner.Client;
}

/** Wraps below upstream, which unwraps and wraps again what it meets twice. */
function followQueryObjects(client: ClientClass | undefined, tracer: () => Tracer): void {
  if (!client || FOLLOWED in client.prototype) return;
  const { prototype } = client;
  const { query } = prototype;
  Object.defineProperty(prototype, FOLLOWED, { value: true });
  prototype.query = function (...args) {
    const [submitted] = args;
    if (isFollowed(submitted))
      guarded('pg', () => follow(submitted, startSpan(tracer(), this, submitted), context.active()));
    return query.apply(this, args);
  };
}

/** A query object with a callback is upstream's: it ends its span there. */
function isFollowed(submitted: unknown): submitted is Submittable {
  const { submit, callback } = (submitted ?? {}) as Partial<Submittable>;
  return typeof submit === 'function' && typeof callback !== 'function';
}

function startSpan(tracer: Tracer, client: Client, submitted: Submittable): Span {
  const text = submitted.text ?? (submitted.cursor as Submittable | undefined)?.text;
  const verb = /^\s*(\w+)/.exec(String(text))?.[1]?.toUpperCase() ?? '';
  return tracer.startSpan(`pg.query:${verb} ${client.database ?? ''}`.trim(), {
    kind: SpanKind.CLIENT,
    attributes: { ...placeOf(client), ...(typeof text === 'string' && { 'db.query.text': text }) },
  });
}

/** Ends the span with the server's last answer, and brings each answer into the context of the query. */
function follow(submitted: Submittable, span: Span, own: Context): void {
  for (const name of HANDLERS) {
    const handler = submitted[name];
    if (typeof handler !== 'function') continue;
    submitted[name] = function (this: unknown, ...args: unknown[]) {
      if (name === 'handleError') guarded('pg', () => endSpan(span, args[0] as Error));
      try {
        return context.with(own, () => handler.apply(this, args) as unknown);
      } finally {
        if (name === 'handleReadyForQuery') guarded('pg', () => endSpan(span));
      }
    };
  }
}

function endSpan(span: Span, error?: Error & { code?: string }): void {
  if (!span.isRecording()) return;
  if (error) {
    // As upstream has it: the code alone, since the text may quote a value.
    span.recordException({ name: error.name, message: `PostgreSQL error (code: ${error.code ?? 'UNKNOWN'})` });
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  }
  span.end();
}
