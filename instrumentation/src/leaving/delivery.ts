import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { PendingRequest } from '../export/pipeline.js';
import { mayStartThreads } from '../settings/permissions.js';

/** What the worker thread is told. `state` is one Int32 for "all done" and one per request for "taken". */
export interface DeliveryOrder {
  readonly requests: readonly PendingRequest[];
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  readonly timeoutMs: number;
  readonly state: SharedArrayBuffer;
}

/** A thread that has less time will not have sent anything, and its end would come after the deadline. */
const LEAST_MS = 60;

/**
 * Posts requests by a worker thread while this one stands still: works inside the `exit` event, a crash or a deadly signal, with
 * any endpoint, and takes 40 ms of processor time for the thread alone.
 *
 * @param timeoutMs longest wait; after it the worker ends with the process
 * @returns the requests that the collector did not acknowledge in time
 */
export function deliverByThread(requests: readonly PendingRequest[], timeoutMs: number): readonly PendingRequest[] {
  if (requests.length === 0 || timeoutMs < LEAST_MS || !mayStartThreads()) return requests;
  const state = new SharedArrayBuffer(4 * (requests.length + 1));
  const cells = new Int32Array(state);
  const order: DeliveryOrder = { requests, tls: readTlsFiles(), timeoutMs, state };
  const worker = new Worker(HALLMARK_DELIVERY_WORKER, {
    eval: true,
    workerData: order,
    // Neither the service's loaders nor this preload may run in there.
    execArgv: [],
    env: {},
    // Copied they would cost the exit as much time as sending them.
    transferList: requests.flatMap(({ body }) => wholeBuffer(body)),
  });
  worker.on('error', () => undefined);
  worker.unref();
  Atomics.wait(cells, 0, 0, timeoutMs);
  return requests.filter((_request, index) => Atomics.load(cells, index + 1) !== 1);
}

/** A small body lies in a buffer that it shares with others: that one stays here. */
function wholeBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function readTlsFiles(): DeliveryOrder['tls'] {
  const read = (name: string) => {
    const path = process.env[`OTEL_EXPORTER_OTLP_${name}`];
    try {
      return path ? readFileSync(path) : undefined;
    } catch {
      return undefined;
    }
  };
  const [ca, cert, key] = [read('CERTIFICATE'), read('CLIENT_CERTIFICATE'), read('CLIENT_KEY')];
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
