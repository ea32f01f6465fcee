/**
 * Runs in a worker thread while the exiting main thread waits: posts the last requests. Bundled into a text of its own
 * (build.mjs), since the main thread can no longer load anything.
 */
import { request as httpRequest } from 'node:http';
import { workerData } from 'node:worker_threads';
import type { DeliveryOrder } from './delivery.js';

const { requests, tls, timeoutMs, state } = workerData as DeliveryOrder;
const cells = new Int32Array(state);

// TLS takes as long to load as everything else in here: only where it is needed.
function secureRequest(): typeof httpRequest {
  return (require('node:https') as typeof import('node:https')).request;
}

function post(index: number): Promise<void> {
  const order = requests[index];
  if (!order) return Promise.resolve();
  const { url, headers, body } = order;
  const secure = url.startsWith('https:');
  return new Promise((resolve) => {
    const outgoing = (secure ? secureRequest() : httpRequest)(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Length': body.length },
        timeout: timeoutMs,
        agent: false,
        ...(secure ? tls : {}),
      },
      (response) => {
        response.resume();
        if ((response.statusCode ?? 500) < 300) Atomics.store(cells, index + 1, 1);
        resolve();
      },
    );
    outgoing.on('error', () => resolve());
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end(body);
  });
}

void deliverAll();

async function deliverAll(): Promise<void> {
  // The last records by themselves, so that the others do not hold them up.
  await post(0);
  await Promise.all(requests.slice(1).map((_order, index) => post(index + 1)));
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
}
