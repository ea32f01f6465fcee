import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StackError } from './failure.js';

export const loopback = '127.0.0.1';

/**
 * Ports are taken from below the range that systems give to outgoing connections (32768 on Linux), so that a part that is stopped
 * and started again finds its port free.
 */
const lowestPort = 15_000;
const highestPort = 32_000;

export interface Ports {
  readonly elasticsearch: number;
  readonly elasticsearchTransport: number;
  readonly otlpHttp: number;
  readonly otlpGrpc: number;
  readonly otlpBeyondHttp: number;
  readonly otlpBeyondGrpc: number;
  /** Where the look-up writes who looked. */
  readonly journal: number;
  readonly collectorHealth: number;
  readonly collectorMetrics: number;
  readonly relay: number;
  readonly postgresql: number;
  readonly amqp: number;
  readonly s3: number;
  readonly management: number;
  readonly erlangDistribution: number;
  readonly epmd: number;
}

/** By which variable a user fixes a port; the others are always chosen. */
export const portVariables = {
  elasticsearch: 'HALLMARK_ELASTICSEARCH_PORT',
  otlpHttp: 'HALLMARK_OTLP_PORT',
  otlpBeyondHttp: 'HALLMARK_OTLP_BEYOND_PORT',
  postgresql: 'HALLMARK_POSTGRESQL_PORT',
  amqp: 'HALLMARK_AMQP_PORT',
  s3: 'HALLMARK_S3_PORT',
} as const;

/**
 * Finds a free port for everything; a port that the user fixed must be free, and fixed for one thing only. Throws a `StackError` when
 * it isn't.
 * @param promised ports of what is started later
 */
export async function choosePorts(env: NodeJS.ProcessEnv, promised: Iterable<number> = []): Promise<Ports> {
  const fixed = await fixedPorts(env);
  const taken = new Set([...fixed.values(), ...promised]);
  const choose = async (variable?: string) => {
    const port = fixed.get(variable) ?? (await freePort(taken));
    taken.add(port);
    return port;
  };
  return {
    elasticsearch: await choose(portVariables.elasticsearch),
    otlpHttp: await choose(portVariables.otlpHttp),
    postgresql: await choose(portVariables.postgresql),
    amqp: await choose(portVariables.amqp),
    s3: await choose(portVariables.s3),
    elasticsearchTransport: await choose(),
    otlpGrpc: await choose(),
    otlpBeyondHttp: await choose(portVariables.otlpBeyondHttp),
    otlpBeyondGrpc: await choose(),
    journal: await choose(),
    collectorHealth: await choose(),
    collectorMetrics: await choose(),
    relay: await choose(),
    management: await choose(),
    erlangDistribution: await choose(),
    epmd: await choose(),
  };
}

/** A port of the loopback interface on which nothing listens now, and which isn't in `except`. */
export async function freePort(except: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, highestPort);
    if (!except.has(port) && (await isFree(port))) return port;
  }
}

/** The ports that the user fixed, by their variables. */
async function fixedPorts(env: NodeJS.ProcessEnv): Promise<Map<string | undefined, number>> {
  const variableOf = new Map<number, string>();
  for (const variable of Object.values(portVariables)) {
    const value = env[variable];
    if (!value) continue;
    const port = await fixedPort(variable, value);
    const other = variableOf.get(port);
    if (other !== undefined) {
      throw new StackError(`${other} and ${variable} both name port ${port}: set another port for one, or unset one`);
    }
    variableOf.set(port, variable);
  }
  return new Map([...variableOf].map(([port, variable]) => [variable, port]));
}

async function fixedPort(variable: string, value: string): Promise<number> {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError(`${variable}=${value}: expected a port from 1 to 65535`);
  }
  if (await isFree(port)) return port;
  throw new StackError(
    `${variable}=${port}: port ${port} of ${loopback} is in use: end what listens there, set another port, or unset ${variable} to have a free one chosen`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: loopback, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
