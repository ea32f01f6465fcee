import { context, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { guarded } from '../talk/stderr.js';

type Done = (this: unknown, error: unknown, ...rest: unknown[]) => unknown;
type Connect = (this: object, done?: Done) => unknown;
/** Of pg's client, which connects to the server, and of pg-pool, which hands such clients out. */
export type Connecting = { readonly prototype: { connect: Connect } };

interface Place {
  readonly database?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly connectionString?: unknown;
}

const FOLLOWED = Symbol('hallmark.connect');

/**
 * Spans for connections that failed, by themselves or because a pool gave none in time. Upstream makes two spans for each
 * connection that is taken out of a pool, and parses the pool's address for them: with a query a request they were a tenth
 * of what the preload cost it, and told nothing. A failure that passes through client and pool is told once.
 */
export class FailedConnections {
  readonly #tracer: () => Tracer;
  readonly #told = new WeakSet<object>();

  constructor(tracer: () => Tracer) {
    this.#tracer = tracer;
  }

  follow(connecting: Connecting, name: 'pg.connect' | 'pg-pool.connect'): void {
    const { prototype } = connecting;
    if (Object.hasOwn(prototype.connect, FOLLOWED)) return;
    const { connect } = prototype;
    const failures = this;
    const followed: Connect = function (done) {
      const startTime = Date.now();
      const asking = context.active();
      const fail = (error: unknown) =>
        guarded('pg', () => failures.#tell(error, { name, startTime, from: this, asking }));
      if (typeof done === 'function') {
        const answer: Done = function (error, ...rest) {
          if (error) fail(error);
          return done.call(this, error, ...rest);
        };
        // A pool answers one that waited from within the request that gave its client back.
        return connect.call(this, context.bind(asking, answer));
      }
      const result = connect.call(this, done);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        fail(error);
        throw error;
      });
    };
    prototype.connect = Object.defineProperty(followed, FOLLOWED, { value: true });
  }

  #tell(error: unknown, { name, startTime, from, asking }: Failure): void {
    if (typeof error === 'object' && error !== null) {
      if (this.#told.has(error)) return;
      this.#told.add(error);
    }
    const { name: type = 'Error', message = String(error), code } = (error ?? {}) as Partial<Error & { code: string }>;
    const span = this.#tracer().startSpan(
      name,
      { kind: SpanKind.CLIENT, startTime, attributes: placeOf(from) },
      asking,
    );
    // As upstream has it: the code alone, since the text may quote a value.
    span.recordException({
      name: type,
      message: `PostgreSQL error of type '${type}' occurred (code: ${code ?? 'UNKNOWN'})`,
    });
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    span.end();
  }
}

interface Failure {
  readonly name: string;
  /** Epoch, ms. */
  readonly startTime: number;
  readonly from: { connectionParameters?: Place; options?: Place };
  readonly asking: ReturnType<typeof context.active>;
}

/** What a client or pool of pg is connected to, as attributes. */
export function placeOf({ connectionParameters, options = {} }: Failure['from']): Record<string, string | number> {
  const { database, host, port, connectionString } = connectionParameters ?? options;
  const url = typeof connectionString === 'string' ? URL.parse(connectionString) : null;
  const namespace = url?.pathname.slice(1) || database;
  const address = url?.hostname || host;
  const number = Number(url?.port || port);
  return {
    'db.system.name': 'postgresql',
    ...(typeof namespace === 'string' && { 'db.namespace': namespace }),
    ...(typeof address === 'string' && { 'server.address': address }),
    ...(Number.isInteger(number) && number > 0 && { 'server.port': number }),
  };
}
