import type { Socket } from 'node:net';
import type { Losses } from '../export/outage.js';
import type { PendingDelivery, Pipeline } from '../export/pipeline.js';
import { guarded } from '../talk/stderr.js';
import { deliverByThread } from './delivery.js';
import { postThrough, readStatus } from './open-socket.js';

/** What of the pipeline an exit needs. */
export type Leaving = Pick<Pipeline, 'pending' | 'drain' | 'acknowledge'> & {
  readonly outage: Pick<Pipeline['outage'], 'ended'>;
  readonly sockets: Pick<Pipeline['sockets'], 'busy' | 'idle' | 'connectAhead'>;
};

interface Options {
  readonly pipeline: Leaving;
  /** Longest delay added to the end of the process; 0: nothing is tried. */
  readonly timeoutMs: number;
  /** Called once, before the last delivery, with the exit code or 128 + signal number. */
  readonly onStopped: (exitCode: number) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** Kept of the time for what comes after the last delivery: the line that is said, the end of the thread. */
const RESERVE = 0.1;

const isTaken = (status: number | undefined) => status !== undefined && status < 300;

/**
 * Sends what is pending while the process ends. An `exit` listener that throws into a service's own `try` leaves the process
 * alive: it then leaves once more, in what is left of the time.
 *
 * @returns a function that blocks until the collector has it or the time is over
 */
export function createLeave({
  pipeline,
  timeoutMs,
  onStopped,
  now = () => performance.now(),
}: Options): (exitCode: number) => void {
  let isLeaving = false;
  let isStopped = false;
  let heldMs = 0;
  return (exitCode) => {
    if (isLeaving || (isStopped && heldMs >= timeoutMs)) return;
    isLeaving = true;
    guarded('exit', () => {
      const beganMs = now();
      const deadlineMs = beganMs + (timeoutMs - heldMs) * (1 - RESERVE);
      if (deadlineMs > beganMs && !isStopped) onStopped(exitCode);
      isStopped = true;
      const undelivered = deadlineMs > beganMs ? deliver(pipeline, deadlineMs, now) : pipeline.pending();
      heldMs += now() - beganMs;
      pipeline.outage.ended(undelivered, heldMs);
    });
    isLeaving = false;
  };
}

/** By when a delivery has to be over, and what becomes of what is not delivered by then. */
interface Bound {
  readonly deadlineMs: number;
  readonly now: () => number;
  /** Counts what is given up. @returns false: it is not to be tried any more */
  readonly giveUp: (what: Pick<PendingDelivery, 'signal' | 'items'>) => false;
}

/** @returns what the collector has not acknowledged until then */
function deliver(pipeline: Leaving, deadlineMs: number, now: () => number): Losses {
  const undelivered: Losses = { records: 0, spans: 0 };
  const bound: Bound = {
    deadlineMs,
    now,
    giveUp: ({ signal, items }) => {
      undelivered[signal] += items;
      return false;
    },
  };
  settleUnderWay(pipeline, (now() + deadlineMs) / 2);
  sendByThread(sendThroughOpen(pipeline, pipeline.drain(), bound), bound);
  return undelivered;
}

/**
 * Reads the answers to requests that are under way, so that their batches are not sent twice. Half of the time is kept for
 * what was not sent at all. @param until moment of the same clock as the deadline
 */
function settleUnderWay(pipeline: Leaving, until: number): void {
  const taken = pipeline.sockets.busy().flatMap(({ socket, path, status, isSent }) => {
    if (path === undefined || !isSent) return [];
    return isTaken(status ?? readStatus(socket, until)) ? [path] : [];
  });
  pipeline.acknowledge(taken);
}

/**
 * One after the other, as long as there is time: what comes later is not even put together.
 *
 * @returns what no open connection could take
 */
function sendThroughOpen(
  pipeline: Leaving,
  deliveries: readonly PendingDelivery[],
  { deadlineMs, now, giveUp }: Bound,
): PendingDelivery[] {
  const { sockets } = pipeline;
  const dead = new Set<Socket>();
  return deliveries.filter((delivery) => {
    const { url } = delivery;
    if (now() >= deadlineMs) return giveUp(delivery);
    const socket = sockets.idle(url).find((candidate) => !dead.has(candidate)) ?? sockets.connectAhead(url);
    if (!socket) return true;
    const status = postThrough(socket, delivery.encode(), deadlineMs);
    if (isTaken(status)) return false;
    if (status !== undefined) return giveUp(delivery);
    // A connection that gave no answer may have half a request in it.
    dead.add(socket);
    return true;
  });
}

/** The last ones first too; a thread takes long to start, so that half of the time is its. */
function sendByThread(deliveries: readonly PendingDelivery[], { deadlineMs, now, giveUp }: Bound): void {
  const until = (now() + deadlineMs) / 2;
  const encoded = deliveries.flatMap((delivery) => {
    if (now() < until) return delivery.encode();
    giveUp(delivery);
    return [];
  });
  for (const request of deliverByThread(encoded, deadlineMs - now())) giveUp(request);
}
