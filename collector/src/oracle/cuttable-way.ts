import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to what is sent: it goes both ways, its answers are lost, or every connection is closed. */
export type WayState = 'open' | 'no answers' | 'closed';

export interface CuttableWay {
  readonly url: string;
  set(state: WayState): void;
  close(): Promise<void>;
}

/** The network between a service and its collector, as somebody sees it who can pull the plug. */
export async function openCuttableWay(target: string): Promise<CuttableWay> {
  const { hostname, port } = new URL(target);
  let state: WayState = 'open';
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (state === 'closed') return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.on('error', () => undefined);
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => state === 'open' && near.write(bytes));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      state = next;
      if (state === 'closed') for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
