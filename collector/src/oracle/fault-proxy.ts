import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** What the proxy does to a `_bulk` request. */
export type Fault =
  | { readonly kind: 'none' }
  /** The whole request gets this status and reaches nobody. */
  | { readonly kind: 'status'; readonly status: number }
  /** Every third document gets this status and is not stored; the others are. */
  | { readonly kind: 'document status'; readonly status: number }
  /** 200 and no JSON. */
  | { readonly kind: 'garbage' }
  /** The request is taken and never answered. */
  | { readonly kind: 'never' }
  /** The connection is closed before the request is read. */
  | { readonly kind: 'closed' }
  /** Elasticsearch gets half of the request, and waits for the rest. */
  | { readonly kind: 'half' }
  /** Elasticsearch stores the documents, and the answer is lost. */
  | { readonly kind: 'lost answer' };

export interface FaultProxy {
  readonly url: string;
  set(fault: Fault): void;
  /** How many requests met a fault since the last `set`. */
  readonly met: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Stands between the collector's relay and the real Elasticsearch and does what is asked of it to every request. */
export async function startFaultProxy(elasticsearchUrl: string): Promise<FaultProxy> {
  let fault: Fault = { kind: 'none' };
  let met = 0;
  const held = new Set<ServerResponse>();

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const now = fault;
    if (now.kind !== 'none') met++;
    if (now.kind === 'closed') return void incoming.destroy();
    const body = await buffer(incoming);
    if (now.kind === 'never') return void held.add(outgoing);
    if (now.kind === 'half') {
      held.add(outgoing);
      return void sendHalf(elasticsearchUrl, incoming, body, outgoing);
    }
    if (now.kind === 'status')
      return reply(outgoing, { status: now.status, body: Buffer.from('{"error":"the proxy says so"}') });
    if (now.kind === 'garbage')
      return reply(outgoing, { status: 200, body: Buffer.from('<html>not what you asked for') });
    if (now.kind === 'document status')
      return reply(outgoing, await refuseSome(elasticsearchUrl, incoming, body, now.status));
    const answer = await forward(elasticsearchUrl, incoming, body, incoming.headers);
    if (now.kind === 'lost answer') return void outgoing.destroy();
    reply(outgoing, answer);
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get met() {
      return met;
    },
    set(next) {
      fault = next;
      met = 0;
      for (const response of held) response.destroy();
      held.clear();
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Every third document is taken out of the request and gets the status; the answer is put together in the old order. */
async function refuseSome(url: string, incoming: IncomingMessage, body: Buffer, status: number): Promise<Answer> {
  const plain = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const lines = plain
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  const documents = Array.from({ length: lines.length / 2 }, (_, at) => lines.slice(at * 2, at * 2 + 2));
  const isRefused = (at: number) => at % 3 === 0;
  const passed = documents.filter((_, at) => !isRefused(at));
  const { 'content-encoding': _, ...headers } = incoming.headers;
  const items: object[] = [];
  if (passed.length > 0) {
    const answer = await forward(url, incoming, Buffer.from(`${passed.flat().join('\n')}\n`), headers);
    if (answer.status !== 200) return answer;
    items.push(...(JSON.parse(answer.body.toString()) as { items: object[] }).items);
  }
  const refusal = {
    create: { status, error: { type: 'es_rejected_execution_exception', reason: 'the proxy says so' } },
  };
  const all = documents.map((_, at) => (isRefused(at) ? refusal : items.shift()));
  return { status: 200, body: Buffer.from(JSON.stringify({ errors: true, took: 1, items: all })) };
}

/** Ends with the server's connection or the collector's. */
function sendHalf(url: string, incoming: IncomingMessage, body: Buffer, answered: ServerResponse): void {
  const { host: _, 'accept-encoding': __, connection: ___, ...passed } = incoming.headers;
  const options = { method: incoming.method, headers: { ...passed, 'content-length': body.length } };
  const outgoing = request(new URL(incoming.url ?? '/', url), options);
  outgoing.on('error', () => answered.destroy());
  answered.on('close', () => outgoing.destroy());
  outgoing.write(body.subarray(0, body.length / 2));
}

function forward(
  url: string,
  incoming: IncomingMessage,
  body: Buffer,
  headers: IncomingMessage['headers'],
): Promise<Answer> {
  const { host: _, 'accept-encoding': __, connection: ___, ...passed } = headers;
  return new Promise((resolve, reject) => {
    const options = { method: incoming.method, headers: { ...passed, 'content-length': body.length } };
    const outgoing = request(new URL(incoming.url ?? '/', url), options, (response) => {
      buffer(response).then((answered) => resolve({ status: response.statusCode ?? 502, body: answered }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function reply(outgoing: ServerResponse, { status, body }: Answer): void {
  const headers = {
    'content-type': 'application/json',
    'x-elastic-product': 'Elasticsearch',
    'content-length': body.length,
  };
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}
