import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ask } from './store.js';

export interface Door {
  readonly url: string;
  close(): void;
}

/** A door to Elasticsearch through which everything is done as another account, with its rights: nobody here has its password. */
export async function openDoorAs(user: string, elasticsearchUrl: string): Promise<Door> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const as = { 'es-security-runas-user': user };
    const { method = 'GET', url = '/' } = incoming;
    const answer = await ask(elasticsearchUrl, method, url, body === '' ? undefined : JSON.parse(body), as);
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
