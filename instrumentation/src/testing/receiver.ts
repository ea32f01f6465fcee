import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A log record as it arrived, attributes as a plain object. */
export interface ReceivedRecord {
  readonly eventName: string;
  readonly severityText: string;
  readonly severityNumber: number;
  readonly body: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly timeMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** `log.record.uid`. */
  readonly uid: string;
  /** Attributes that were left out, beyond a limit. */
  readonly droppedAttributes: number;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly scope: string;
}

export interface ReceivedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** How the receiver answers: with success, once with success and then never, with a status, or never; `lost`: it takes what is sent, and its answer is lost. */
export type Answer = 'ok' | 'ok once' | 'lost' | 'hang' | number;

export interface Receiver {
  readonly url: string;
  readonly records: ReceivedRecord[];
  readonly spans: ReceivedSpan[];
  /** Bodies that are not JSON (http/protobuf), as they came. */
  readonly bodies: { readonly path: string; readonly type: string; readonly body: Buffer }[];
  answer: Answer;
  /** Larger bodies are refused: with 413, or with 400 and words. */
  mostBytes: number;
  tooLarge: 400 | 413;
  event(name: string): ReceivedRecord[];
  /** Waits until the condition holds; fails with what has arrived. */
  until(condition: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

interface AnyValue {
  stringValue?: string;
  intValue?: number | string;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values?: AnyValue[] };
  kvlistValue?: { values?: KeyValue[] };
}
interface KeyValue {
  key: string;
  value: AnyValue;
}

function plainValue(value: AnyValue | undefined): unknown {
  if (value?.kvlistValue) return plain(value.kvlistValue.values);
  if (value?.arrayValue) return (value.arrayValue.values ?? []).map(plainValue);
  if (value?.intValue !== undefined) return Number(value.intValue);
  return value?.stringValue ?? value?.doubleValue ?? value?.boolValue;
}

/** The mark of the privacy policy and an id of its own stand on every record and say nothing of what a test looks at. */
const onEachRecord = ['redaction.policy', 'log.record.uid'];

function plain(attributes: KeyValue[] | undefined): Record<string, unknown> {
  const told = (attributes ?? []).filter(({ key }) => !onEachRecord.includes(key));
  return Object.fromEntries(told.map(({ key, value }) => [key, plainValue(value)]));
}

interface Export {
  resourceLogs?: {
    resource: { attributes: KeyValue[] };
    scopeLogs: { scope: { name: string }; logRecords: RawItem[] }[];
  }[];
  resourceSpans?: { scopeSpans: { spans: RawItem[] }[] }[];
}
interface RawItem {
  [field: string]: unknown;
  attributes?: KeyValue[];
  body?: AnyValue;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function take(
  { resourceLogs = [], resourceSpans = [] }: Export,
  records: ReceivedRecord[],
  spans: ReceivedSpan[],
): void {
  for (const { resource, scopeLogs } of resourceLogs) {
    for (const { scope, logRecords } of scopeLogs) {
      for (const item of logRecords) {
        records.push({
          eventName: text(item.eventName),
          severityText: text(item.severityText),
          severityNumber: Number(item.severityNumber),
          body: String(plainValue(item.body)),
          traceId: text(item.traceId),
          spanId: text(item.spanId),
          timeMs: Number(item.timeUnixNano) / 1e6,
          attributes: plain(item.attributes),
          uid: text(item.attributes?.find(({ key }) => key === 'log.record.uid')?.value.stringValue),
          droppedAttributes: Number(item.droppedAttributesCount ?? 0),
          resource: plain(resource.attributes),
          scope: scope.name,
        });
      }
    }
  }
  for (const { scopeSpans } of resourceSpans) {
    for (const item of scopeSpans.flatMap((scope) => scope.spans)) {
      spans.push({
        name: text(item.name),
        kind: Number(item.kind),
        traceId: text(item.traceId),
        spanId: text(item.spanId),
        parentSpanId: text(item.parentSpanId),
        attributes: plain(item.attributes),
      });
    }
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const body = Buffer.concat(await request.toArray());
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

/** An OTLP/HTTP collector on a free port of loopback that keeps what it is sent. */
export async function startReceiver(answer: Answer = 'ok', port = 0): Promise<Receiver> {
  const records: ReceivedRecord[] = [];
  const spans: ReceivedSpan[] = [];
  const bodies: Receiver['bodies'] = [];
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (receiver.answer === 'hang') return;
    if (receiver.answer === 'ok once') receiver.answer = 'hang';
    else if (receiver.answer !== 'ok' && receiver.answer !== 'lost') {
      response.writeHead(receiver.answer).end();
      return;
    }
    if (body.length > receiver.mostBytes) {
      response.writeHead(receiver.tooLarge).end('http: request body too large');
      return;
    }
    const type = request.headers['content-type'] ?? '';
    bodies.push({ path: request.url ?? '', type, body });
    if (type === 'application/json') take(JSON.parse(body.toString()) as Export, records, spans);
    if (receiver.answer === 'lost') request.socket.destroy();
    else response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    spans,
    bodies,
    answer,
    mostBytes: Number.POSITIVE_INFINITY,
    tooLarge: 413,
    event: (name) => records.filter((record) => record.eventName === name),
    async until(condition, timeoutMs = 10_000) {
      const deadline = Date.now() + timeoutMs;
      while (!condition()) {
        if (Date.now() > deadline)
          throw new Error(`not received in ${timeoutMs} ms; there is ${JSON.stringify(records)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
