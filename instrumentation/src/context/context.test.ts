import assert from 'node:assert/strict';
import { type Receiver, startReceiver } from '../testing/receiver.js';
import { runService } from '../testing/run-service.js';

interface Options {
  readonly sendTo?: string;
  readonly acceptFrom?: string;
  readonly from?: string;
  /** Peers that outer accepts; `acceptFrom` is inner's. */
  readonly outerAcceptsFrom?: string;
  /** What the third request to outer brings; default: baggage with a number of its own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Runs inner and outer; returns the `baggage` that inner got for each of outer's three requests, and all records. */
async function runBoth({
  sendTo,
  acceptFrom,
  from,
  outerAcceptsFrom,
  headers,
}: Options): Promise<{ baggage: string[]; receiver: Receiver }> {
  const receiver = await startReceiver();
  const common = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    HALLMARK_CONTEXT_KEYS: 'order.id',
    HALLMARK_EXIT_TIMEOUT_MS: '10000',
  };
  const port = Promise.withResolvers<string>();
  let end: (signal: NodeJS.Signals) => void = () => undefined;
  const inner = runService({
    args: ['two-services.cjs', 'inner'],
    env: { ...common, OTEL_SERVICE_NAME: 'inner', ...(acceptFrom && { HALLMARK_CONTEXT_ACCEPT_FROM: acceptFrom }) },
    onOutput: (chunk, kill) => {
      end = kill;
      const found = /port (\d+)/.exec(chunk)?.[1];
      if (found) port.resolve(found);
    },
  });
  const outer = await runService({
    args: ['two-services.cjs', `http://127.0.0.1:${await port.promise}`, ...(headers ? [JSON.stringify(headers)] : [])],
    env: {
      ...common,
      OTEL_SERVICE_NAME: 'outer',
      ...(sendTo && { HALLMARK_CONTEXT_SEND_TO: sendTo }),
      ...(from && { HALLMARK_CONTEXT_FROM: from }),
      ...(outerAcceptsFrom && { HALLMARK_CONTEXT_ACCEPT_FROM: outerAcceptsFrom }),
    },
  });
  end('SIGTERM');
  await inner;
  await receiver.close();
  assert.equal(outer.code, 0, outer.stderr);
  const lastLine = outer.stdout.trim().split('\n').at(-1) ?? '[]';
  return { baggage: JSON.parse(lastLine) as string[], receiver };
}

function ordersOf(receiver: Receiver, event: string): unknown[] {
  return receiver
    .event(event)
    .map(({ attributes }) => attributes['order.id'])
    .sort();
}

describe('context keys', () => {
  it('stand on every record and span of their request and of the next service, and never mix', async function () {
    this.timeout(40_000);
    const { baggage, receiver } = await runBoth({ sendTo: '127.0.0.1', acceptFrom: '127.0.0.1' });
    assert.deepEqual(baggage, ['order.id=ORD-A', 'order.id=ORD-B', '']);
    assert.deepEqual(ordersOf(receiver, 'outer.after'), ['ORD-A', 'ORD-B', undefined]);
    assert.deepEqual(ordersOf(receiver, 'inner.worked'), ['ORD-A', 'ORD-A', 'ORD-B', 'ORD-B', undefined, undefined]);
    const known = new Map(
      receiver.event('outer.known').map(({ traceId, attributes }) => [traceId, attributes['order.id']]),
    );
    assert.equal(known.size, 2);
    const late = receiver.records.filter(({ body }) => body !== 'before' && body !== 'service started');
    for (const { traceId, attributes, body } of late) assert.equal(attributes['order.id'], known.get(traceId), body);
    // The span of the caller outside of outer ended before it could know; all others are told at their end.
    const inside = receiver.spans.filter(({ parentSpanId }) => parentSpanId !== '');
    for (const { traceId, attributes, name } of inside) assert.equal(attributes['order.id'], known.get(traceId), name);
  });

  it('are neither sent to nor taken in from anyone unless listed', async function () {
    this.timeout(40_000);
    const { baggage, receiver } = await runBoth({ acceptFrom: '127.0.0.1' });
    assert.deepEqual(baggage, ['', '', '']);
    assert.deepEqual(new Set(ordersOf(receiver, 'inner.worked')), new Set([undefined]));
    assert.ok(!receiver.records.some(({ attributes }) => attributes['order.id'] === 'ORD-EVIL'));
  });

  it('are not taken in by a service that lists nobody, and are read from the headers that a variable names', async function () {
    this.timeout(40_000);
    const from = 'order.id=x-order-id';
    const { baggage, receiver } = await runBoth({
      sendTo: '*',
      from,
      headers: { 'x-order-id': 'ORD-H' },
      outerAcceptsFrom: '127.0.0.1',
    });
    assert.deepEqual(baggage, ['order.id=ORD-A', 'order.id=ORD-B', 'order.id=ORD-H']);
    assert.deepEqual(ordersOf(receiver, 'outer.after'), ['ORD-A', 'ORD-B', 'ORD-H']);
    assert.deepEqual(new Set(ordersOf(receiver, 'inner.worked')), new Set([undefined]));
  });

  it('are not read from the headers of a peer that is not listed', async function () {
    this.timeout(40_000);
    const from = 'order.id=x-order-id';
    const { baggage, receiver } = await runBoth({
      sendTo: '*',
      from,
      headers: { 'x-order-id': 'ORD-VICTIM3333' },
      outerAcceptsFrom: '192.0.2.1',
    });
    assert.deepEqual(baggage, ['order.id=ORD-A', 'order.id=ORD-B', '']);
    assert.deepEqual(ordersOf(receiver, 'outer.after'), ['ORD-A', 'ORD-B', undefined]);
    const told = [...receiver.records, ...receiver.spans].map(({ attributes }) => attributes['order.id']);
    assert.ok(!told.includes('ORD-VICTIM3333'));
  });
});
