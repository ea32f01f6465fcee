import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Answer, bulk, bulkAnswer, json, unavailable } from './bulk.js';
import { countDocuments, maskedIn } from './documents.js';
import { deadLetterStream, letterOf } from './letter.js';
import { type BulkAnswer, type BulkItem, isStored, isWhole, type Refused, refusedOf } from './refused.js';
import { startTally } from './tally.js';

export interface RelayOptions {
  /** Elasticsearch, without credentials: the relay has none of its own and passes those of each request on. */
  readonly elasticsearchUrl: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** What `/_relay` answers besides how many dead letters were kept; default: nothing. */
  readonly status?: () => Promise<object>;
  /** Sees each unpacked body of `_bulk` and what the collector is answered. */
  readonly onBulk?: (body: Buffer, answer: Answer) => void;
  /** PEM texts: it listens by TLS; default: without. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Documents since the relay's start, and over the last hour. */
export interface Counts {
  /** Stored, or there already. */
  readonly sent: number;
  /** Of requests that Elasticsearch took: those with something masked in them. */
  readonly masked: number;
  /** Kept as dead letters. */
  readonly rejected: number;
  readonly lastHour: { readonly sent: number; readonly rejected: number };
}

export interface Relay {
  readonly url: string;
  counts(): Counts;
  close(): Promise<void>;
}

const decompress = promisify(gunzip);

/** Elasticsearch answers a request of the collector within the collector's own time-out; this only ends what nobody waits for. */
const answerTimeoutMs = 60_000;

/**
 * Stands between the collector and Elasticsearch, passes every request on as it is (a large `_bulk` in parts), and looks at the answers to `_bulk`: a document
 * that is refused for good is stored as a dead letter first, and only then does the collector hear that it is stored. Whatever goes
 * wrong on the way there is answered 503, which makes the collector repeat: nothing is lost in here.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const target = new URL(options.elasticsearchUrl);
  const [sent, rejected] = [startTally(), startTally()];
  let masked = 0;

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (incoming.url === '/_relay') {
      const status = await options.status?.();
      return send(outgoing, { status: 200, headers: {}, body: json({ kept: rejected.total, ...status }) });
    }
    // A collector that has given up waiting sends the same again: the first request would only be work.
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const received = await buffer(incoming);
    const isBulk = incoming.url?.split('?')[0]?.endsWith('/_bulk') === true;
    const forward = (headers: IncomingMessage['headers'], content: Buffer) =>
      ask(target, incoming.method ?? 'GET', incoming.url ?? '/', headers, content, gone.signal);
    if (!isBulk) return send(outgoing, await forward(incoming.headers, received));
    // It is read here, so it goes on unpacked.
    const { 'content-encoding': encoding, ...headers } = incoming.headers;
    const body = encoding === 'gzip' ? await decompress(received) : received;
    const taken = async () => {
      const answer = await bulk(forward, headers, body);
      if (answer.status !== 200) return answer;
      masked += maskedIn(body);
      return settled(incoming, body, answer);
    };
    const answer = await taken().catch((error: unknown) =>
      unavailable(gone.signal.aborted ? 'no answer while the collector waited' : reasonOf(error)),
    );
    send(outgoing, answer);
    // Behind the answer: whoever looks on can't keep a record from being stored.
    options.onBulk?.(body, answer);
  };

  /** The answer after its refused documents have found their place. */
  const settled = async (incoming: IncomingMessage, body: Buffer, answer: Answer): Promise<Answer> => {
    // Nearly every answer: nothing was refused, and nothing has to be read.
    if (isWhole(answer)) {
      sent.add(countDocuments(body), Date.now());
      return answer;
    }
    const parsed = JSON.parse(answer.body.toString()) as BulkAnswer;
    sent.add(parsed.items.filter((entry) => Object.values(entry).every(isStored)).length, Date.now());
    const refused = refusedOf(parsed, body);
    if (refused.length === 0) return answer;
    const results = await keep(incoming, refused);
    const items = [...parsed.items];
    for (const [place, each] of refused.entries()) {
      const [action = 'create'] = Object.keys(items[each.at] ?? {});
      items[each.at] = { [action]: itemFor(each, results[place]) };
    }
    return bulkAnswer(items);
  };

  /** Stores dead letters with the rights of the request that brought their documents. */
  const keep = async (
    incoming: IncomingMessage,
    refused: readonly Refused[],
  ): Promise<readonly (BulkItem | undefined)[]> => {
    const lines = refused.flatMap((each) => {
      const { id, source } = letterOf(each, new Date());
      return [JSON.stringify({ create: { _index: deadLetterStream, _id: id } }), JSON.stringify(source)];
    });
    const { authorization } = incoming.headers;
    const headers = { 'content-type': 'application/x-ndjson', ...(authorization && { authorization }) };
    const answer = await ask(target, 'POST', '/_bulk', headers, Buffer.from(`${lines.join('\n')}\n`));
    if (answer.status !== 200) return [];
    const { items } = JSON.parse(answer.body.toString()) as BulkAnswer;
    const results = items.map((entry) => Object.values(entry)[0]);
    rejected.add(results.filter((item) => item?.status === 201).length, Date.now());
    return results;
  };

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    pass(incoming, outgoing).catch((error: unknown) => {
      if (!outgoing.headersSent) send(outgoing, unavailable(reasonOf(error)));
    });
  };
  const server = options.tls ? createTlsServer(options.tls, answer) : createServer(answer);
  await new Promise<void>((done, fail) => server.once('error', fail).listen(options.port, options.host, done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://${options.host}:${port}`,
    counts() {
      const now = Date.now();
      const lastHour = { sent: sent.lastHour(now), rejected: rejected.lastHour(now) };
      return { sent: sent.total, masked, rejected: rejected.total, lastHour };
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** 201: kept now, 409: kept before; anything else, also no answer, has to be tried again. */
function itemFor({ item }: Refused, result: BulkItem | undefined): BulkItem {
  const isKept = result?.status === 201 || result?.status === 409;
  const where = { _index: deadLetterStream, ...(item._id !== undefined && { _id: item._id }) };
  if (isKept) return { ...where, status: 201 };
  return {
    ...where,
    status: 503,
    error: { type: 'dead_letter_not_kept', reason: result?.error?.reason ?? 'no answer' },
  };
}

function ask(
  target: URL,
  method: string,
  path: string,
  headers: IncomingMessage['headers'],
  body: Buffer,
  signal?: AbortSignal,
): Promise<Answer> {
  const { host: _, 'transfer-encoding': __, connection: ___, ...passed } = headers;
  const base = target.pathname.replace(/\/$/, '');
  const options: RequestOptions = {
    method,
    headers: { ...passed, 'content-length': body.length },
    timeout: answerTimeoutMs,
    ...(signal && { signal }),
  };
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(new URL(base + path, target), options, (response) => {
      buffer(response).then(
        (answered) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: answered }),
        reject,
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${answerTimeoutMs} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...passed } = headers;
  outgoing.writeHead(status, { 'content-type': 'application/json', ...passed, 'content-length': body.length });
  outgoing.end(body);
}
