import type { Agent } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { limits } from '../settings/limits.js';

/** The places of Node's agent that are documented to be overridden. */
interface AgentHooks {
  createConnection(...args: unknown[]): Socket;
  reuseSocket(socket: Socket, request: unknown): void;
}

type AgentFactory = (scheme: string) => Promise<Agent> | Agent;

/** A request on its way: Node notes it on its socket, under a name that is not documented. */
export interface BusySocket {
  readonly socket: Socket;
  readonly path: string | undefined;
  /** The answer's status, where its head has been read already. */
  readonly status: number | undefined;
  readonly isSent: boolean;
}

/**
 * The process's connections to the collector. They hold it only while a healthy collector is about to answer and never
 * longer than the exit may take; and an exiting process finds them open, so that it need not wait for a new one.
 */
export class CollectorSockets {
  readonly #isOut: () => boolean;
  readonly #agents = new Map<string, Promise<Agent>>();
  readonly #made: Agent[] = [];
  #ahead: { readonly socket: Socket; readonly origin: string } | undefined;

  constructor(isOut: () => boolean) {
    this.#isOut = isOut;
  }

  /**
   * Connects before there is anything to send, where that takes no look-up of a name: a process that ends soon delivers
   * through it in 1 ms, and else needs a thread of its own, of 40 ms. One that ends in its first turn of the event loop connects
   * then: the kernel needs no turn for it.
   */
  connectAhead(url: string): Socket | undefined {
    // Through a proxy the first line of a request is another one.
    if (process.env.NODE_USE_ENV_PROXY !== undefined) return undefined;
    if (this.#ahead && !this.#ahead.socket.destroyed) return undefined;
    const { protocol, hostname, port, origin } = new URL(url);
    const host = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[(.*)\]$/, '$1');
    if (protocol !== 'http:' || isIP(host) === 0) return undefined;
    const socket = connect({ host, port: Number(port || 80), noDelay: true });
    socket.unref();
    // Read, so that its end is noticed.
    socket.on('error', () => undefined).resume();
    this.#ahead = { socket, origin };
    return socket;
  }

  /** One agent for both signals. @param makeAgent upstream's factory, which reads the certificates */
  agent(scheme: string, makeAgent: AgentFactory): Promise<Agent> {
    const known = this.#agents.get(scheme);
    if (known) return known;
    const made = Promise.resolve(makeAgent(scheme)).then((agent) => this.#release(agent));
    this.#agents.set(scheme, made);
    return made;
  }

  /** Open connections to a URL's host and port on which nothing is under way. */
  idle(url: string): Socket[] {
    // Through a proxy the first line of a request is another one.
    if (process.env.NODE_USE_ENV_PROXY !== undefined) return [];
    const { hostname, port, origin, protocol } = new URL(url);
    const name = `${hostname}:${port || (protocol === 'http:' ? 80 : 443)}:`;
    const free = this.#made.flatMap(({ freeSockets }) =>
      Object.entries(freeSockets).flatMap(([key, sockets]) => (key.startsWith(name) ? (sockets ?? []) : [])),
    );
    const ahead = this.#ahead?.origin === origin ? [this.#ahead.socket] : [];
    return [...free, ...ahead].filter((socket) => !socket.destroyed);
  }

  busy(): BusySocket[] {
    return this.#made
      .flatMap(({ sockets }) => Object.values(sockets).flatMap((list) => list ?? []))
      .map((socket) => {
        const message = (
          socket as { _httpMessage?: { path?: string; writableFinished?: boolean; res?: { statusCode?: number } } }
        )._httpMessage;
        return {
          socket,
          path: message?.path,
          status: message?.res?.statusCode,
          isSent: message?.writableFinished === true,
        };
      });
  }

  #release(agent: Agent): Agent {
    const hold = (socket: Socket | undefined) => {
      if (this.#isOut()) socket?.unref();
      else setTimeout(() => socket?.unref(), limits.exitTimeoutMs / 2);
    };
    const hooks = agent as unknown as AgentHooks;
    const { createConnection, reuseSocket } = hooks;
    hooks.createConnection = function createReleasedConnection(...args) {
      const socket = createConnection.apply(this, args);
      hold(socket);
      return socket;
    };
    hooks.reuseSocket = function reuseReleasedSocket(socket, request) {
      reuseSocket.call(this, socket, request);
      hold(socket);
    };
    this.#made.push(agent);
    return agent;
  }
}
