import type { Socket } from 'node:net';
import type { PendingRequest, Pipeline } from '../export/pipeline.js';
import { guarded } from '../talk/stderr.js';
import { deliverByThread } from './delivery.js';
import { postThrough, readStatus } from './open-socket.js';

interface Options {
  readonly pipeline: Pipeline;
  /** Longest delay added to the end of the process. */
  readonly timeoutMs: number;
  /** Called once, before the last delivery, with the exit code or 128 + signal number. */
  readonly onStopped: (exitCode: number) => void;
}

const isTaken = (status: number | undefined) => status !== undefined && status < 300;

/**
 * Sends what is pending while the process ends, once. @returns a function that blocks until the collector has it or the
 * time is over
 */
export function createLeave({ pipeline, timeoutMs, onStopped }: Options): (exitCode: number) => void {
  let left = false;
  return (exitCode) => {
    if (left) return;
    left = true;
    guarded('exit', () => {
      const deadlineMs = performance.now() + timeoutMs;
      onStopped(exitCode);
      settleUnderWay(pipeline, deadlineMs);
      const refused = sendThroughOpen(pipeline, pipeline.drain(), deadlineMs);
      const undelivered = deliverByThread(refused, deadlineMs - performance.now());
      const count = (signal: PendingRequest['signal']) =>
        undelivered.reduce((sum, request) => sum + (request.signal === signal ? request.items : 0), 0);
      pipeline.outage.ended({ records: count('records'), spans: count('spans') });
    });
  };
}

/**
 * Reads the answers to requests that are under way, so that their batches are not sent twice. Half of the time is kept for
 * what was not sent at all.
 */
function settleUnderWay(pipeline: Pipeline, deadlineMs: number): void {
  const until = (performance.now() + deadlineMs) / 2;
  const taken = pipeline.sockets.busy().flatMap(({ socket, path, status, isSent }) => {
    if (path === undefined || !isSent) return [];
    return isTaken(status ?? readStatus(socket, until)) ? [path] : [];
  });
  pipeline.acknowledge(taken);
}

/** @returns the requests that no open connection could take */
function sendThroughOpen(
  pipeline: Pipeline,
  requests: readonly PendingRequest[],
  deadlineMs: number,
): PendingRequest[] {
  const dead = new Set<Socket>();
  return requests.filter((request) => {
    const { sockets } = pipeline;
    const socket =
      sockets.idle(request.url).find((candidate) => !dead.has(candidate)) ?? sockets.connectAhead(request.url);
    if (!socket) return true;
    const status = postThrough(socket, request, deadlineMs);
    // A connection that gave no answer may have half a request in it.
    if (status === undefined) dead.add(socket);
    return !isTaken(status);
  });
}
